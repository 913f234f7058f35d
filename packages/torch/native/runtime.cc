// Random state, threads, autocast, devices and versions. What moved between libtorch 1.13 and 2.x is here and nowhere else.
#include "runtime.h"

#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/zeros.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <torch/csrc/api/include/torch/version.h>

#include <mutex>

#define LIBTORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace semblant {
namespace {

at::Generator generator(napi_env env, napi_value device) { return at::globalContext().defaultGenerator(c10::Device(string(env, device))); }

#if LIBTORCH_AT_LEAST(2, 4)
bool autocast_enabled(c10::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
at::ScalarType autocast_dtype(c10::DeviceType device) { return at::autocast::get_autocast_dtype(device); }
void set_autocast(c10::DeviceType device, bool enabled, at::ScalarType dtype) {
  at::autocast::set_autocast_enabled(device, enabled);
  at::autocast::set_autocast_dtype(device, dtype);
}
#else
bool autocast_enabled(c10::DeviceType device) { return device == c10::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled(); }
at::ScalarType autocast_dtype(c10::DeviceType device) {
  return device == c10::kCPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
void set_autocast(c10::DeviceType device, bool enabled, at::ScalarType dtype) {
  if (device == c10::kCPU) {
    at::autocast::set_cpu_enabled(enabled);
    at::autocast::set_autocast_cpu_dtype(dtype);
  } else {
    at::autocast::set_enabled(enabled);
    at::autocast::set_autocast_gpu_dtype(dtype);
  }
}
#endif

struct Gpu {
  std::string name;
  int capability;  // 80 is 8.0
};

/** Name and capability of a GPU from the driver itself, so that this file needs no CUDA headers. */
Gpu gpu(int index) {
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY);
  if (driver == nullptr) return {"GPU", 0};
  const auto get_name = reinterpret_cast<int (*)(char*, int, int)>(dlsym(driver, "cuDeviceGetName"));
  const auto get_attribute = reinterpret_cast<int (*)(int*, int, int)>(dlsym(driver, "cuDeviceGetAttribute"));
  const auto initialize = reinterpret_cast<int (*)(unsigned)>(dlsym(driver, "cuInit"));
  if (!get_name || !get_attribute || !initialize || initialize(0) != 0) return {"GPU", 0};
  constexpr int capability_major = 75;
  constexpr int capability_minor = 76;
  char name[128] = "GPU";
  int major = 0;
  int minor = 0;
  get_name(name, sizeof name, index);
  get_attribute(&major, capability_major, index);
  get_attribute(&minor, capability_minor, index);
  return {name, 10 * major + minor};
}

int gpu_count() {
  if (!at::hasCUDA() || !c10::impl::hasDeviceGuardImpl(c10::kCUDA)) return 0;
  return static_cast<int>(c10::impl::VirtualGuardImpl(c10::kCUDA).deviceCount());
}

void property(napi_env env, napi_value object, const char* name, napi_value value) {
  check(napi_set_named_property(env, object, name, value), name);
}

}  // namespace

/** seed(number): every device's default generator. */
napi_value seed(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    at::manual_seed(static_cast<uint64_t>(integer(env, args[0])));
    return undefined(env);
  });
}

napi_value random_state(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    auto from = generator(env, args[0]);
    const std::lock_guard<std::mutex> lock(from.mutex());
    return wrap(env, from.get_state());
  });
}

/** set_random_state(device, state) */
napi_value set_random_state(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    auto into = generator(env, args[0]);
    const std::lock_guard<std::mutex> lock(into.mutex());
    into.set_state(unwrap(env, args[1]));
    return undefined(env);
  });
}

napi_value threads(napi_env env, napi_callback_info) {
  return guarded(env, [&] { return to_js(env, static_cast<double>(at::get_num_threads())); });
}

napi_value set_threads(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    at::set_num_threads(static_cast<int>(integer(env, args[0])));
    return undefined(env);
  });
}

/** autocast(device, enabled, dtype) -> [enabled, dtype] as they were; nested scopes share the cache of cast weights. */
napi_value autocast(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    const auto device = c10::Device(string(env, args[0])).type();
    const bool enabled = autocast_enabled(device);
    const auto dtype = autocast_dtype(device);
    set_autocast(device, boolean(env, args[1]), static_cast<at::ScalarType>(integer(env, args[2])));
    at::autocast::increment_nesting();
    return list(env, 2, [&](size_t i) { return i == 0 ? to_js(env, enabled) : to_js(env, static_cast<double>(dtype)); });
  });
}

/** restore_autocast(device, enabled, dtype): the end of the scope; the outermost one forgets the cast weights. */
napi_value restore_autocast(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    set_autocast(c10::Device(string(env, args[0])).type(), boolean(env, args[1]), static_cast<at::ScalarType>(integer(env, args[2])));
    return undefined(env);
  });
}

/** synchronize(): waits until every GPU has done what was asked of it: one number more is made there, in the same stream, and fetched. */
napi_value synchronize(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    for (int i = 0; i < gpu_count(); i++) at::zeros({1}, c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(i))).item();
    return undefined(env);
  });
}

/** tune(enabled): whether cuDNN times its algorithms for each new shape and keeps the fastest. */
napi_value tune(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    at::globalContext().setBenchmarkCuDNN(boolean(env, args[0]));
    return undefined(env);
  });
}

/** tensor_float32(enabled): whether products and convolutions of float32 may be made from 10 bits of each number on a GPU. */
napi_value tensor_float32(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const bool enabled = boolean(env, args[0]);
    at::globalContext().setAllowTF32CuDNN(enabled);
    at::globalContext().setAllowTF32CuBLAS(enabled);
    return undefined(env);
  });
}

/** about() -> version, configuration, GPUs */
napi_value about(napi_env env, napi_callback_info) {
  return guarded(env, [&] {
    napi_value result;
    check(napi_create_object(env, &result), "object");
    property(env, result, "libtorch", to_js(env, std::string(TORCH_VERSION)));
    property(env, result, "configuration", to_js(env, at::show_config()));
    property(env, result, "gpus", list(env, static_cast<size_t>(gpu_count()), [&](size_t i) {
      const auto found = gpu(static_cast<int>(i));
      return list(env, 2, [&](size_t j) { return j == 0 ? to_js(env, found.name) : to_js(env, static_cast<double>(found.capability)); });
    }));
    return result;
  });
}

}  // namespace semblant
