// backward, grad, and whether operations are recorded at all.
#include "gradients.h"

#include <c10/core/GradMode.h>

namespace semblant {

/** backward(output, gradient | null): adds to the .grad of every leaf. */
napi_value backward(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    std::vector<at::Tensor> seeds;
    if (!missing(env, args[1])) seeds.push_back(unwrap(env, args[1]));
    torch::autograd::backward({unwrap(env, args[0])}, seeds);
    return undefined(env);
  });
}

/** gradients(output, inputs) -> one gradient an input, null where the output does not depend on it. */
napi_value gradients(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const auto results = torch::autograd::grad({unwrap(env, args[0])}, unwrap_all(env, args[1]), {}, {}, false, /*allow_unused=*/true);
    return list(env, results.size(), [&](size_t i) { return wrap(env, results[i]); });
  });
}

napi_value gradient_of(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto& tensor = unwrap(env, args[0]);
    return tensor.is_leaf() ? wrap(env, tensor.grad()) : null(env);
  });
}

/** set_gradient(tensor, gradient | null) */
napi_value set_gradient(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    unwrap(env, args[0]).mutable_grad() = missing(env, args[1]) ? at::Tensor() : unwrap(env, args[1]);
    return undefined(env);
  });
}

napi_value requires_grad(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    return to_js(env, unwrap(env, args[0]).requires_grad());
  });
}

napi_value set_requires_grad(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    unwrap(env, args[0]).set_requires_grad(boolean(env, args[1]));
    return undefined(env);
  });
}

napi_value grad_mode(napi_env env, napi_callback_info) {
  return guarded(env, [&] { return to_js(env, c10::GradMode::is_enabled()); });
}

napi_value set_grad_mode(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    c10::GradMode::set_enabled(boolean(env, args[0]));
    return undefined(env);
  });
}

}  // namespace semblant
