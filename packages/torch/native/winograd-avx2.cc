#define LANES 8
#define ROWS 6
#define NAME winograd_avx2
#include "winograd-kernel.inc"
