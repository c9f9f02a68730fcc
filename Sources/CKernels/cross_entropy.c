#include <math.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/cross_entropy.h"
#include "precisions.h"
