#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/local.h"
#include "precisions.h"
