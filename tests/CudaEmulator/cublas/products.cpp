// The products of cuBLAS: their checks, and their way to the stream.
#include "../driver/library_link.h"
#include "handle.h"
#include "matrix_product.h"
#include <algorithm>
#include <cstring>
#include <string>

using namespace emulator::blas;

namespace
{
    // cudaDataType_t
    constexpr int Float32 = 0;

    // cublasComputeType_t
    constexpr int Compute32F = 68;
    constexpr int Compute32FPedantic = 69;
    constexpr int Compute32FFast16BF = 75;
    constexpr int Compute32FFastTf32 = 77;

    // CUresult
    constexpr int IllegalAddress = 700;

    // What is done in the end; copied bytewise.
    struct Batch
    {
        MatrixProduct product;
        const float* device_alpha; // null: the product's own numbers
        const float* device_beta;
        long long step_a;
        long long step_b;
        long long step_c;
        int count;
        unsigned long long workspace;
        size_t workspace_bytes;
    };

    // Bytes from a matrix's first element to its last, of all that lie a step apart.
    unsigned long long extent(int rows, int columns, int stride, long long step, int count)
    {
        const long long elements = (long long)(columns - 1) * stride + rows + step * (count - 1);
        return (unsigned long long)std::max(elements, 0LL) * sizeof(float);
    }

    bool holds(const float* matrix, int rows, int columns, int stride, long long step, int count, const char* what)
    {
        return fnEmulatorHolds(reinterpret_cast<unsigned long long>(matrix), extent(rows, columns, stride, step, count), what) != 0;
    }

    int run(const void* data)
    {
        Batch batch;
        std::memcpy(&batch, data, sizeof batch);
        MatrixProduct& product = batch.product;
        fnEmulatorCountProduct();
        if (batch.device_alpha != nullptr)
        {
            if (!holds(batch.device_alpha, 1, 1, 1, 0, 1, "the alpha of a product") || !holds(batch.device_beta, 1, 1, 1, 0, 1, "the beta of a product")) return IllegalAddress;
            product.alpha = *batch.device_alpha;
            product.beta = *batch.device_beta;
        }

        const bool reads = product.k > 0 && product.alpha != 0.0f;
        const int rows_a = product.transpose_a ? product.k : product.m, columns_a = product.transpose_a ? product.m : product.k;
        const int rows_b = product.transpose_b ? product.n : product.k, columns_b = product.transpose_b ? product.k : product.n;
        if (reads && !holds(product.a, rows_a, columns_a, product.lda, batch.step_a, batch.count, "A of a product")) return IllegalAddress;
        if (reads && !holds(product.b, rows_b, columns_b, product.ldb, batch.step_b, batch.count, "B of a product")) return IllegalAddress;
        if (!holds(product.c, product.m, product.n, product.ldc, batch.step_c, batch.count, "C of a product")) return IllegalAddress;
        if (batch.workspace_bytes != 0)
        {
            // What lies there after a product is not defined; the beginning is enough to show a program that counts on it.
            if (!fnEmulatorHolds(batch.workspace, batch.workspace_bytes, "the workspace of cuBLAS")) return IllegalAddress;
            std::memset(reinterpret_cast<void*>(batch.workspace), 0xFF, std::min(batch.workspace_bytes, (size_t)4096));
        }

        for (int i = 0; i < batch.count; i++)
        {
            multiply(product);
            product.a += batch.step_a;
            product.b += batch.step_b;
            product.c += batch.step_c;
        }

        return 0;
    }

    bool is_operation(int operation) { return operation >= 0 && operation <= 2; }

    struct Call
    {
        int operation_a;
        int operation_b;
        int m;
        int n;
        int k;
        const void* alpha;
        const void* a;
        int lda;
        const void* b;
        int ldb;
        const void* beta;
        void* c;
        int ldc;
        long long step_a;
        long long step_b;
        long long step_c;
        int count;
    };

    int enqueue(void* handle_address, const char* function, const Call& call, int compute)
    {
        int status;
        const auto handle = find(handle_address, function, &status);
        if (handle == nullptr) return status;
        if (!is_operation(call.operation_a) || !is_operation(call.operation_b)) return InvalidValue;
        if (call.m < 0 || call.n < 0 || call.k < 0 || call.count < 0) return InvalidValue;
        if (call.lda < std::max(1, call.operation_a == 0 ? call.m : call.k)) return InvalidValue;
        if (call.ldb < std::max(1, call.operation_b == 0 ? call.k : call.n)) return InvalidValue;
        if (call.ldc < std::max(1, call.m)) return InvalidValue;
        if (call.alpha == nullptr || call.beta == nullptr) return InvalidValue;
        // Matrices of a batch may be read again and again, but not written.
        if (call.count > 1 && call.step_c < (long long)call.ldc * (call.n - 1) + call.m) return InvalidValue;
        if (call.m == 0 || call.n == 0 || call.count == 0) return Success;
        if ((call.k > 0 && (call.a == nullptr || call.b == nullptr)) || call.c == nullptr) return InvalidValue;
        Batch batch = {};
        MatrixProduct& product = batch.product;
        product.transpose_a = call.operation_a != 0;
        product.transpose_b = call.operation_b != 0;
        product.m = call.m;
        product.n = call.n;
        product.k = call.k;
        product.a = static_cast<const float*>(call.a);
        product.lda = call.lda;
        product.b = static_cast<const float*>(call.b);
        product.ldb = call.ldb;
        product.c = static_cast<float*>(call.c);
        product.ldc = call.ldc;
        const bool tf32 = compute == Compute32FFastTf32 || (compute == Compute32F && handle->math == Tf32Math);
        product.precision = compute == Compute32FFast16BF ? Precision::Bfloat16 : tf32 ? Precision::Tf32 : Precision::Full;
        if (handle->scalars_on_device)
        {
            batch.device_alpha = static_cast<const float*>(call.alpha);
            batch.device_beta = static_cast<const float*>(call.beta);
        }
        else
        {
            product.alpha = *static_cast<const float*>(call.alpha);
            product.beta = *static_cast<const float*>(call.beta);
        }

        batch.step_a = call.step_a;
        batch.step_b = call.step_b;
        batch.step_c = call.step_c;
        batch.count = call.count;
        batch.workspace = handle->workspace;
        batch.workspace_bytes = handle->workspace_bytes;
        return fnEmulatorEnqueue(handle->stream, run, &batch, sizeof batch) == 0 ? Success : ExecutionFailed;
    }

    bool is_supported(int type_a, int type_b, int type_c, int compute)
    {
        const bool known = compute == Compute32F || compute == Compute32FPedantic || compute == Compute32FFast16BF || compute == Compute32FFastTf32;
        return type_a == Float32 && type_b == Float32 && type_c == Float32 && known;
    }
}

FN_BLAS_API cublasSgemm_v2(
    void* handle, int operation_a, int operation_b, int m, int n, int k, const float* alpha, const float* a, int lda, const float* b, int ldb, const float* beta, float* c, int ldc)
{
    return enqueue(handle, __func__, {operation_a, operation_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, 0, 0, 0, 1}, Compute32F);
}

FN_BLAS_API cublasSgemmStridedBatched(
    void* handle,
    int operation_a,
    int operation_b,
    int m,
    int n,
    int k,
    const float* alpha,
    const float* a,
    int lda,
    long long step_a,
    const float* b,
    int ldb,
    long long step_b,
    const float* beta,
    float* c,
    int ldc,
    long long step_c,
    int count)
{
    return enqueue(handle, __func__, {operation_a, operation_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, step_a, step_b, step_c, count}, Compute32F);
}

FN_BLAS_API cublasGemmEx(
    void* handle,
    int operation_a,
    int operation_b,
    int m,
    int n,
    int k,
    const void* alpha,
    const void* a,
    int type_a,
    int lda,
    const void* b,
    int type_b,
    int ldb,
    const void* beta,
    void* c,
    int type_c,
    int ldc,
    int compute,
    int)
{
    if (!is_supported(type_a, type_b, type_c, compute)) return NotSupported;
    return enqueue(handle, __func__, {operation_a, operation_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, 0, 0, 0, 1}, compute);
}

FN_BLAS_API cublasGemmStridedBatchedEx(
    void* handle,
    int operation_a,
    int operation_b,
    int m,
    int n,
    int k,
    const void* alpha,
    const void* a,
    int type_a,
    int lda,
    long long step_a,
    const void* b,
    int type_b,
    int ldb,
    long long step_b,
    const void* beta,
    void* c,
    int type_c,
    int ldc,
    long long step_c,
    int count,
    int compute,
    int)
{
    if (!is_supported(type_a, type_b, type_c, compute)) return NotSupported;
    return enqueue(handle, __func__, {operation_a, operation_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, step_a, step_b, step_c, count}, compute);
}
