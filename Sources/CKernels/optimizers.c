#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/optimizers.h"
#include "precisions.h"
