#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/bias.h"
#include "precisions.h"
