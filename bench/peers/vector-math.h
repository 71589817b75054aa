/*
 * exp, sigmoid and tanh of four floats, by range reduction and a polynomial (the coefficients of Cephes' expf and
 * tanhf): within about 2 units in the last place, far below what the peers' predictions are compared to.
 */
#pragma once
#include <immintrin.h>

static inline __m128 all(float value) { return _mm_set1_ps(value); }

/** exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln 2 / 2 */
static inline __m128 exp4(__m128 x) {
  x = _mm_min_ps(_mm_max_ps(x, all(-87.f)), all(87.f)); // beyond, 2^n would leave the exponent's range
  const __m128 n = _mm_round_ps(_mm_mul_ps(x, all(1.44269504f)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  // ln 2 in two parts: n times the first is exact
  const __m128 r = _mm_fnmadd_ps(n, all(-2.12194440e-4f), _mm_fnmadd_ps(n, all(0.693359375f), x));
  __m128 p = all(1.9875691500e-4f);
  p = _mm_fmadd_ps(p, r, all(1.3981999507e-3f));
  p = _mm_fmadd_ps(p, r, all(8.3334519073e-3f));
  p = _mm_fmadd_ps(p, r, all(4.1665795894e-2f));
  p = _mm_fmadd_ps(p, r, all(1.6666665459e-1f));
  p = _mm_fmadd_ps(p, r, all(5.0000001201e-1f));
  p = _mm_add_ps(_mm_fmadd_ps(p, _mm_mul_ps(r, r), r), all(1.f));
  return _mm_castsi128_ps(_mm_add_epi32(_mm_castps_si128(p), _mm_slli_epi32(_mm_cvtps_epi32(n), 23)));
}

static inline __m128 sigmoid4(__m128 x) {
  return _mm_div_ps(all(1.f), _mm_add_ps(all(1.f), exp4(_mm_sub_ps(_mm_setzero_ps(), x))));
}

/** near 0 an odd polynomial, since 1 - 2 / (exp(2x) + 1) would cancel there */
static inline __m128 tanh4(__m128 x) {
  const __m128 square = _mm_mul_ps(x, x);
  __m128 p = all(-5.70498872745e-3f);
  p = _mm_fmadd_ps(p, square, all(2.06390887954e-2f));
  p = _mm_fmadd_ps(p, square, all(-5.37397155531e-2f));
  p = _mm_fmadd_ps(p, square, all(1.33314422036e-1f));
  p = _mm_fmadd_ps(p, square, all(-3.33332819422e-1f));
  const __m128 small = _mm_fmadd_ps(_mm_mul_ps(p, square), x, x);
  const __m128 large = _mm_sub_ps(all(1.f), _mm_div_ps(all(2.f), _mm_add_ps(exp4(_mm_add_ps(x, x)), all(1.f))));
  const __m128 magnitude = _mm_andnot_ps(all(-0.f), x);
  return _mm_blendv_ps(large, small, _mm_cmplt_ps(magnitude, all(0.625f)));
}
