#include <math.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/activations.h"
#include "precisions.h"
