// ATen's dispatcher and tensors, autograd's engine and Node-API, compiled once. torch/torch.h is left out on purpose: it alone costs 17 s a file.
#pragma once

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/from_blob.h>
#include <node_api.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include <string>
#include <unordered_map>
#include <vector>
