#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/pooling.h"
#include "precisions.h"
