#include "CKernels.h"
#include "dispatch.h"

#define TEMPLATE "templates/channels.h"
#include "precisions.h"
