#include <math.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/normalization.h"
#include "precisions.h"
