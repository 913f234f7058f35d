// Processes that compute one thing together, by c10d: sums over all, rows of all, one's values for all.
#pragma once

#include <functional>
#include <memory>

#include "tensor.h"

namespace semblant {

class ProcessGroup;

/** The group inside a handle, or null where the handle is null. */
std::shared_ptr<ProcessGroup> group_of(napi_env env, napi_value handle);

/** The sums over all ranks of a few numbers, on every rank the same bits. */
at::Tensor sum_over_ranks(ProcessGroup& group, const at::Tensor& numbers);

/** Lets `begin_sum` go on beside other collectives, even if these come in another order on each rank. All ranks call it. */
void connect_sums(ProcessGroup& group);

/** Begins to replace numbers that lie side by side by their sums over all ranks; what comes back waits until that is done. */
std::function<void()> begin_sum(ProcessGroup& group, const at::Tensor& flat);

/** Where numbers have to lie for the group: the CPU, or a GPU. */
at::Device place_of(const ProcessGroup& group, at::Device own);

/** open_group(store, rank, size, backend, address of this machine, seconds, device) -> group: all ranks come to it, or it throws. */
napi_value open_group(napi_env env, napi_callback_info info);
/** group_sum(group, tensors): in place. */
napi_value group_sum(napi_env env, napi_callback_info info);
/** group_gather(group, rows, rows of each rank) -> all rows, in the order of the ranks */
napi_value group_gather(napi_env env, napi_callback_info info);
/** group_broadcast(group, tensor, from): in place. */
napi_value group_broadcast(napi_env env, napi_callback_info info);
/** group_barrier(group) */
napi_value group_barrier(napi_env env, napi_callback_info info);
/** group_spent(group) -> seconds that threads waited for other ranks, bytes handed over, and how often */
napi_value group_spent(napi_env env, napi_callback_info info);
/** group_failure(group) -> the first thing that went wrong, on whatever thread, or null */
napi_value group_failure(napi_env env, napi_callback_info info);
/** cut_group(group): closes the connections, so that the others hear at once that it is over. */
napi_value cut_group(napi_env env, napi_callback_info info);
/** close_group(group): waits for what is under way. */
napi_value close_group(napi_env env, napi_callback_info info);

}  // namespace semblant
