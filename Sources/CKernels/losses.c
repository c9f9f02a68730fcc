#include <math.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/losses.h"
#include "precisions.h"
