// The generic call: JavaScript values become what the operator's schema asks for, the dispatcher does the rest (autograd, autocast, CUDA).
#include "call.h"

#include <cmath>

namespace semblant {
namespace {

enum class Kind { tensor, tensors, optional_tensors, integer, integers, real, reals, boolean, booleans, scalar, scalars, text, device, generator };

struct Parameter {
  Kind kind;
  bool optional;
  int length;  // of a list that a single number stands for, as in int[2] kernel_size=3; 0 where it may not
  bool has_default;
  c10::IValue otherwise;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Parameter> parameters;
};

thread_local std::vector<Operator> operators;
thread_local std::unordered_map<std::string, size_t> ids;

Kind element_kind(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return Kind::tensors;
    case c10::TypeKind::OptionalType: return Kind::optional_tensors;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::integers;
    case c10::TypeKind::FloatType: return Kind::reals;
    case c10::TypeKind::BoolType: return Kind::booleans;
    case c10::TypeKind::NumberType: return Kind::scalars;
    default: throw std::invalid_argument("lists of " + type->str() + " do not cross");
  }
}

Kind kind_of(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return Kind::tensor;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::integer;
    case c10::TypeKind::FloatType: return Kind::real;
    case c10::TypeKind::BoolType: return Kind::boolean;
    case c10::TypeKind::NumberType: return Kind::scalar;
    case c10::TypeKind::StringType: return Kind::text;
    case c10::TypeKind::DeviceObjType: return Kind::device;
    case c10::TypeKind::GeneratorType: return Kind::generator;
    case c10::TypeKind::ListType: return element_kind(type->expectRef<c10::ListType>().getElementType());
    default: throw std::invalid_argument("values of type " + type->str() + " do not cross");
  }
}

Parameter parameter(const c10::Argument& argument) {
  auto type = argument.type();
  const bool optional = type->kind() == c10::TypeKind::OptionalType;
  if (optional) type = type->expectRef<c10::OptionalType>().getElementType();
  const auto otherwise = argument.default_value();
  const auto length = argument.N();
  return {kind_of(type), optional, length ? static_cast<int>(*length) : 0, otherwise.has_value(), otherwise.has_value() ? *otherwise : c10::IValue()};
}

/** Whole numbers stay whole, so that an integer tensor times 2 stays an integer tensor. */
c10::IValue scalar(napi_env env, napi_value value) {
  if (type_of(env, value) == napi_boolean) return boolean(env, value);
  const double x = number(env, value);
  const bool whole = std::trunc(x) == x && std::abs(x) <= 9007199254740992.0 && !(x == 0 && std::signbit(x));
  return whole ? c10::IValue(static_cast<int64_t>(x)) : c10::IValue(x);
}

at::Scalar as_scalar(napi_env env, napi_value value) { return scalar(env, value).toScalar(); }

c10::List<int64_t> integer_list(napi_env env, napi_value value, int length) {
  c10::List<int64_t> result;
  if (length > 0 && type_of(env, value) == napi_number) {
    for (int i = 0; i < length; i++) result.push_back(integer(env, value));
  } else {
    each(env, value, [&](napi_value element) { result.push_back(integer(env, element)); });
  }
  return result;
}

c10::IValue convert(napi_env env, const Parameter& parameter, napi_value value) {
  switch (parameter.kind) {
    case Kind::tensor: return unwrap(env, value);
    case Kind::integer: return integer(env, value);
    case Kind::real: return number(env, value);
    case Kind::boolean: return boolean(env, value);
    case Kind::scalar: return scalar(env, value);
    case Kind::integers: return integer_list(env, value, parameter.length);
    case Kind::text: return string(env, value);
    case Kind::device: return c10::Device(string(env, value));
    case Kind::generator: return at::globalContext().defaultGenerator(c10::Device(string(env, value)));
    case Kind::tensors: {
      c10::List<at::Tensor> result;
      each(env, value, [&](napi_value element) { result.push_back(unwrap(env, element)); });
      return result;
    }
    case Kind::optional_tensors: {
      c10::List<c10::optional<at::Tensor>> result;
      each(env, value, [&](napi_value element) {
        if (missing(env, element)) result.push_back(c10::nullopt);
        else result.push_back(unwrap(env, element));
      });
      return result;
    }
    case Kind::reals: {
      c10::List<double> result;
      each(env, value, [&](napi_value element) { result.push_back(number(env, element)); });
      return result;
    }
    case Kind::booleans: {
      c10::List<bool> result;
      each(env, value, [&](napi_value element) { result.push_back(boolean(env, element)); });
      return result;
    }
    case Kind::scalars: {
      c10::List<at::Scalar> result;
      each(env, value, [&](napi_value element) { result.push_back(as_scalar(env, element)); });
      return result;
    }
  }
  return {};
}

napi_value result(napi_env env, const c10::IValue& value) {
  if (value.isTensor()) return wrap(env, value.toTensor());
  if (value.isDouble()) return to_js(env, value.toDouble());
  if (value.isBool()) return to_js(env, value.toBool());
  if (value.isInt()) return to_js(env, static_cast<double>(value.toInt()));
  if (value.isNone()) return null(env);
  if (value.isTensorList()) {
    const auto tensors = value.toTensorList();
    return list(env, tensors.size(), [&](size_t i) { return wrap(env, tensors.get(i)); });
  }
  throw std::invalid_argument("a result of type " + value.tagKind() + " does not cross");
}

/** The arguments on the stack, the operator run, its results left there. */
void dispatch(napi_env env, napi_callback_info info, torch::jit::Stack& stack) {
  const Arguments<24> args(env, info);
  const auto id = static_cast<size_t>(integer(env, args[0]));
  if (args.count < 1 || id >= operators.size()) throw std::invalid_argument("no such operator");
  const auto& [handle, parameters] = operators[id];
  if (args.count - 1 > parameters.size()) throw std::invalid_argument("too many arguments");
  stack.reserve(parameters.size());
  for (size_t i = 0; i < parameters.size(); i++) {
    const auto& parameter = parameters[i];
    const auto type = i + 1 < args.count ? type_of(env, args[i + 1]) : napi_undefined;
    if (type == napi_undefined && parameter.has_default) stack.push_back(parameter.otherwise);
    else if (parameter.optional && (type == napi_undefined || type == napi_null)) stack.emplace_back();
    else stack.push_back(convert(env, parameter, args[i + 1]));
  }
  handle.callBoxed(stack);
}

}  // namespace

napi_value op(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const auto name = string(env, args[0]);
    const auto overload = string(env, args[1]);
    const auto key = name + "." + overload;
    const auto known = ids.find(key);
    if (known != ids.end()) return to_js(env, static_cast<double>(known->second));
    const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle.has_value()) throw std::invalid_argument("this libtorch has no operator " + key);
    Operator entry{*handle, {}};
    for (const auto& argument : handle->schema().arguments()) entry.parameters.push_back(parameter(argument));
    operators.push_back(std::move(entry));
    ids[key] = operators.size() - 1;
    return to_js(env, static_cast<double>(operators.size() - 1));
  });
}

napi_value call(napi_env env, napi_callback_info info) {
  return guarded(env, [&]() -> napi_value {
    torch::jit::Stack stack;
    dispatch(env, info, stack);
    if (stack.size() == 1) return result(env, stack[0]);
    return list(env, stack.size(), [&](size_t i) { return result(env, stack[i]); });
  });
}

napi_value run(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    torch::jit::Stack stack;
    dispatch(env, info, stack);
    return undefined(env);
  });
}

}  // namespace semblant
