#define LANES 16
#define ROWS 14
#define NAME winograd_avx512
#include "winograd-kernel.inc"
