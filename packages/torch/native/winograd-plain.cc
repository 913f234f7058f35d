#define LANES 4
#define ROWS 6
#define NAME winograd_plain
#include "winograd-kernel.inc"
