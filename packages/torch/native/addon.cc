// The list of everything JavaScript can call, and nothing else.
#include "backward-thread.h"
#include "call.h"
#include "convolution.h"
#include "gradients.h"
#include "group-normalization.h"
#include "interruption.h"
#include "lock.h"
#include "memory.h"
#include "normalization.h"
#include "optimizers.h"
#include "process-beat.h"
#include "process-gradients.h"
#include "process-group.h"
#include "process-store.h"
#include "ready-convolution.h"
#include "runtime.h"

namespace semblant {
namespace {

napi_value initialize(napi_env env, napi_value exports) {
  keep_freed_memory();
  const napi_property_descriptor list[] = {
#define EXPORT(name, function) {name, nullptr, function, nullptr, nullptr, nullptr, napi_enumerable, nullptr}
      EXPORT("op", op),
      EXPORT("call", call),
      EXPORT("run", run),
      EXPORT("convolution", convolution),
      EXPORT("normalization", normalization),
      EXPORT("groupNormalization", group_normalization),
      EXPORT("create", create),
      EXPORT("data", data),
      EXPORT("item", item),
      EXPORT("shape", shape),
      EXPORT("dtype", dtype),
      EXPORT("device", device),
      EXPORT("channelsLast", channels_last),
      EXPORT("setData", set_data),
      EXPORT("dispose", dispose),
      EXPORT("liveTensors", live_tensors),
      EXPORT("liveBytes", live_bytes),
      EXPORT("backward", backward),
      EXPORT("gradients", gradients),
      EXPORT("gradientOf", gradient_of),
      EXPORT("setGradient", set_gradient),
      EXPORT("requiresGrad", requires_grad),
      EXPORT("setRequiresGrad", set_requires_grad),
      EXPORT("gradMode", grad_mode),
      EXPORT("setGradMode", set_grad_mode),
      EXPORT("seed", seed),
      EXPORT("randomState", random_state),
      EXPORT("setRandomState", set_random_state),
      EXPORT("threads", threads),
      EXPORT("setThreads", set_threads),
      EXPORT("autocast", autocast),
      EXPORT("restoreAutocast", restore_autocast),
      EXPORT("synchronize", synchronize),
      EXPORT("tune", tune),
      EXPORT("tensorFloat32", tensor_float32),
      EXPORT("lockFile", lock_file),
      EXPORT("watchInterruption", watch_interruption),
      EXPORT("interruptionBegun", interruption_begun),
      EXPORT("unwatchInterruption", unwatch_interruption),
      EXPORT("beginBackward", begin_backward),
      EXPORT("endBackward", end_backward),
      EXPORT("withGradients", with_gradients),
      EXPORT("clearGradients", clear_gradients),
      EXPORT("gradientNorm", gradient_norm),
      EXPORT("scaleGradients", scale_gradients),
      EXPORT("adam", adam),
      EXPORT("sgd", sgd),
      EXPORT("average", average),
      EXPORT("exchange", exchange),
      EXPORT("winogradWeights", winograd_weights),
      EXPORT("winograd", winograd),
      EXPORT("openStore", open_store),
      EXPORT("storeSet", store_set),
      EXPORT("storeGet", store_get),
      EXPORT("storeHas", store_has),
      EXPORT("storeAdd", store_add),
      EXPORT("closeStore", close_store),
      EXPORT("startBeat", start_beat),
      EXPORT("stopBeat", stop_beat),
      EXPORT("routeTo", route_to),
      EXPORT("backends", backends),
      EXPORT("openGroup", open_group),
      EXPORT("groupSum", group_sum),
      EXPORT("groupGather", group_gather),
      EXPORT("groupBroadcast", group_broadcast),
      EXPORT("groupBarrier", group_barrier),
      EXPORT("beginGradientSums", begin_gradient_sums),
      EXPORT("endGradientSums", end_gradient_sums),
      EXPORT("dropGradientSums", drop_gradient_sums),
      EXPORT("groupSpent", group_spent),
      EXPORT("groupFailure", group_failure),
      EXPORT("cutGroup", cut_group),
      EXPORT("closeGroup", close_group),
      EXPORT("about", about),
#undef EXPORT
  };
  napi_define_properties(env, exports, sizeof list / sizeof list[0], list);
  return exports;
}

}  // namespace
}  // namespace semblant

NAPI_MODULE(semblant_torch, semblant::initialize)
