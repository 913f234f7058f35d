// The three matrices of Winograd's minimal filtering F(m x m, 3 x 3): y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A. Lavin and Gray 2016, "Fast algorithms for
// convolutional neural networks"; the points are 0, 1, -1 (and 2) and infinity.
#pragma once

namespace semblant {
namespace {

/** Outputs of 2 x 2 from 4 x 4 products: 2.25 times fewer multiplications, all factors 1 or 1/2. */
struct Two {
  static constexpr int outputs = 2;
  static constexpr int size = 4;
  static constexpr float B[4][4] = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
  static constexpr float G[4][3] = {{1, 0, 0}, {.5f, .5f, .5f}, {.5f, -.5f, .5f}, {0, 0, 1}};
  static constexpr float A[2][4] = {{1, 1, 1, 0}, {0, 1, -1, -1}};
};

/** Outputs of 3 x 3 from 5 x 5 products: 3.24 times fewer multiplications. */
struct Three {
  static constexpr int outputs = 3;
  static constexpr int size = 5;
  static constexpr float B[5][5] = {{2, -1, -2, 1, 0}, {0, -2, -1, 1, 0}, {0, 2, -3, 1, 0}, {0, -1, 0, 1, 0}, {0, 2, -1, -2, 1}};
  static constexpr float G[5][3] = {{.5f, 0, 0}, {-.5f, -.5f, -.5f}, {-1.f / 6, 1.f / 6, -1.f / 6}, {1.f / 6, 1.f / 3, 2.f / 3}, {0, 0, 1}};
  static constexpr float A[3][5] = {{1, 1, 1, 1, 0}, {0, 1, -1, 2, 0}, {0, 1, 1, 4, 1}};
};

}  // namespace
}  // namespace semblant
