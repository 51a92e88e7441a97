// cuBLAS: products against a plain double-precision loop.
#include "session.h"
#include <algorithm>
#include <tuple>

namespace
{
    struct Shape
    {
        int m, n, k;
        bool transpose_a, transpose_b;
        int more_a, more_b, more_c; // of leading dimensions
        float alpha, beta;
    };

    float number_at(long long i) { return (float)((i * 2654435761u % 1000) / 500.0 - 1.0); }

    std::vector<float> numbers(size_t count, int seed)
    {
        std::vector<float> made(count);
        for (size_t i = 0; i < count; i++) made[i] = number_at((long long)i + 7919ll * seed);
        return made;
    }

    void* handle_on(Session& session)
    {
        void* handle = nullptr;
        OK(cublasCreate_v2(&handle));
        OK(cublasSetStream_v2(handle, session.stream));
        return handle;
    }

    float tf32(float value)
    {
        unsigned bits;
        std::memcpy(&bits, &value, 4);
        bits = (bits + 0x1000) & 0xFFFFE000u;
        std::memcpy(&value, &bits, 4);
        return value;
    }

    // alpha op(A) op(B) + beta C of an element, and what its rounding may be.
    std::pair<double, double> element(const Shape& s, const float* a, int lda, const float* b, int ldb, const float* c, int ldc, int i, int j, bool rounds)
    {
        double sum = 0.0, size = 0.0;
        for (int p = 0; p < s.k; p++)
        {
            float x = s.transpose_a ? a[(size_t)i * lda + p] : a[(size_t)p * lda + i];
            float y = s.transpose_b ? b[(size_t)p * ldb + j] : b[(size_t)j * ldb + p];
            if (rounds)
            {
                x = tf32(x);
                y = tf32(y);
            }

            sum += (double)x * y;
            size += std::fabs((double)x * y);
        }

        const double before = s.beta == 0.0f ? 0.0 : (double)s.beta * c[(size_t)j * ldc + i];
        return {s.alpha * sum + before, (std::fabs(s.alpha) * size + std::fabs(before)) * 2e-5 + 1e-30};
    }

    // The largest error in multiples of the tolerance; what lies between the columns of C must be left alone.
    double error_of(Session& session, void* handle, const Shape& s, int compute, bool rounds)
    {
        const int lda = std::max(1, s.transpose_a ? s.k : s.m) + s.more_a, ldb = std::max(1, s.transpose_b ? s.n : s.k) + s.more_b, ldc = s.m + s.more_c;
        const auto a = numbers((size_t)lda * (s.transpose_a ? s.m : s.k), 1), b = numbers((size_t)ldb * (s.transpose_b ? s.k : s.n), 2), c = numbers((size_t)ldc * s.n, 3);
        const Device da = session.copy(a), db = session.copy(b);
        // With beta 0 C may hold anything, also NaN.
        const Device dc = s.beta == 0.0f ? session.allocate(c.size() * 4) : session.copy(c);
        if (compute == 0) OK(cublasSgemm_v2(handle, s.transpose_a, s.transpose_b ? 2 : 0, s.m, s.n, s.k, &s.alpha, da, lda, db, ldb, &s.beta, dc, ldc));
        else OK(cublasGemmEx(handle, s.transpose_a, s.transpose_b, s.m, s.n, s.k, &s.alpha, da, 0, lda, db, 0, ldb, &s.beta, dc, 0, ldc, compute, -1));
        const auto found = session.read(dc, c.size());
        double worst = 0.0;
        for (int j = 0; j < s.n; j++)
        {
            for (int i = 0; i < ldc; i++)
            {
                const float value = found[(size_t)j * ldc + i];
                if (i >= s.m)
                {
                    CHECK(s.beta == 0.0f ? std::isnan(value) : value == c[(size_t)j * ldc + i]);
                    continue;
                }

                const auto [expected, tolerance] = element(s, a.data(), lda, b.data(), ldb, c.data(), ldc, i, j, rounds);
                const double error = std::fabs(value - expected) / tolerance;
                worst = std::isnan(error) ? 1e30 : std::fmax(worst, error);
            }
        }

        for (const Device address : {da, db, dc}) OK(cuMemFree_v2(address));
        return worst;
    }
}

TEST(products_agree_with_a_plain_loop)
{
    Session session;
    void* const handle = handle_on(session);
    const std::tuple<int, int, int> sizes[] = {{1, 1, 1}, {16, 6, 8}, {17, 7, 9}, {5, 3, 300}, {64, 32, 513}, {33, 1, 20}, {1, 40, 20}, {31, 13, 0}};
    for (const auto& [m, n, k] : sizes)
    {
        for (int way = 0; way < 4; way++)
        {
            for (const float beta : {0.0f, 1.0f, 0.5f})
            {
                const double error = error_of(session, handle, {m, n, k, (way & 1) != 0, (way & 2) != 0, way % 3, 2, beta == 0.5f ? 3 : 0, beta == 1.0f ? -0.75f : 1.0f, beta}, 0, false);
                CHECK(error <= 1.0);
            }
        }
    }
}

TEST(tf32_rounds_the_factors)
{
    Session session;
    void* const handle = handle_on(session);
    const Shape shape = {20, 30, 40, false, true, 0, 0, 0, 1.0f, 0.0f};
    CHECK(error_of(session, handle, shape, 77, true) <= 1.0);
    CHECK(error_of(session, handle, shape, 77, false) > 1.0);
    CHECK(error_of(session, handle, shape, 68, false) <= 1.0);
    CHECK(error_of(session, handle, shape, 75, true) > 1.0);
    OK(cublasSetMathMode(handle, 3));
    CHECK(error_of(session, handle, shape, 0, true) <= 1.0);
    CHECK(error_of(session, handle, shape, 69, false) <= 1.0);
    EQUAL(7, cublasSetMathMode(handle, 5));
}

TEST(batches_step_through_memory)
{
    Session session;
    void* const handle = handle_on(session);
    const int m = 5, n = 4, k = 3, count = 6;
    const Shape shape = {m, n, k, false, false, 0, 0, 0, 1.0f, 0.0f};
    const auto a = numbers(m * k, 1), b = numbers((size_t)k * n * count, 2);
    const float one = 1.0f, zero = 0.0f;
    for (const bool extended : {false, true})
    {
        const Device da = session.copy(a), db = session.copy(b), dc = session.allocate((size_t)m * n * count * 4);
        if (extended) OK(cublasGemmStridedBatchedEx(handle, 0, 0, m, n, k, &one, da, 0, m, 0, db, 0, k, k * n, &zero, dc, 0, m, m * n, count, 68, -1));
        else OK(cublasSgemmStridedBatched(handle, 0, 0, m, n, k, &one, da, m, 0, db, k, k * n, &zero, dc, m, m * n, count));
        const auto found = session.read(dc, (size_t)m * n * count);
        for (int batch = 0; batch < count; batch++)
        {
            const auto [expected, tolerance] = element(shape, a.data(), m, b.data() + batch * k * n, k, nullptr, m, 2, 3, false);
            CHECK(std::fabs(found[(size_t)batch * m * n + 3 * m + 2] - expected) <= tolerance);
        }
    }

    EQUAL(2, fnEmulatorCount(FN_COUNT_PRODUCTS));
}

TEST(wrong_products_are_refused)
{
    Session session;
    void* const handle = handle_on(session);
    const Device x = session.allocate(1000);
    const float one = 1.0f;
    EQUAL(7, cublasSgemm_v2(handle, 3, 0, 2, 2, 2, &one, x, 2, x, 2, &one, x, 2));
    EQUAL(7, cublasSgemm_v2(handle, 0, 0, -1, 2, 2, &one, x, 2, x, 2, &one, x, 2));
    EQUAL(7, cublasSgemm_v2(handle, 0, 0, 3, 2, 2, &one, x, 2, x, 2, &one, x, 3));
    EQUAL(7, cublasSgemm_v2(handle, 1, 0, 3, 2, 4, &one, x, 3, x, 4, &one, x, 3));
    EQUAL(7, cublasSgemm_v2(handle, 0, 0, 3, 2, 4, &one, x, 3, x, 3, &one, x, 3));
    EQUAL(7, cublasSgemm_v2(handle, 0, 1, 3, 5, 4, &one, x, 3, x, 4, &one, x, 3));
    EQUAL(7, cublasSgemm_v2(handle, 0, 0, 3, 2, 4, &one, x, 3, x, 4, &one, x, 2));
    EQUAL(7, cublasSgemm_v2(handle, 0, 0, 2, 2, 2, nullptr, x, 2, x, 2, &one, x, 2));
    EQUAL(7, cublasSgemmStridedBatched(handle, 0, 0, 2, 2, 2, &one, x, 2, 0, x, 2, 0, &one, x, 2, 0, 2));
    EQUAL(15, cublasGemmEx(handle, 0, 0, 2, 2, 2, &one, x, 2, 2, x, 0, 2, &one, x, 0, 2, 68, -1));
    EQUAL(1, cublasSgemm_v2(&session, 0, 0, 2, 2, 2, &one, x, 2, x, 2, &one, x, 2));
    OK(cublasSgemm_v2(handle, 0, 0, 0, 2, 2, &one, x, 2, x, 2, &one, x, 2));
    EQUAL(0, fnEmulatorCount(FN_COUNT_PENDING));
    // A matrix that its allocation does not hold.
    OK(cublasSgemm_v2(handle, 0, 0, 16, 2, 16, &one, x, 16, x, 16, &one, x, 16));
    EQUAL(700, cuStreamSynchronize(session.stream));
    CHECK(message_says("A of a product"));
}

TEST(products_are_recorded_with_the_rest)
{
    Session session;
    void* const handle = handle_on(session);
    const Device x = session.copy({3}), y = session.copy({1});
    const Device workspace = session.copy(std::vector<float>(1024, 1.0f));
    OK(cublasSetWorkspace_v2(handle, (void*)workspace, 4096));
    EQUAL(7, cublasSetWorkspace_v2(handle, (void*)(workspace + 4), 4096));
    const float one = 1.0f, zero = 0.0f;
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    OK(cublasSgemm_v2(handle, 0, 0, 1, 1, 1, &one, x, 1, y, 1, &zero, y, 1));
    void* graph = nullptr;
    void* exec = nullptr;
    OK(cuStreamEndCapture(session.stream, &graph));
    OK(cuGraphInstantiateWithFlags(&exec, graph, 0));
    for (int i = 0; i < 3; i++) OK(cuGraphLaunch(exec, session.stream));
    EQUAL(0, fnEmulatorCount(FN_COUNT_PRODUCTS));
    EQUAL(27.0f, session.read(y, 1)[0]);
    EQUAL(3, fnEmulatorCount(FN_COUNT_PRODUCTS));
    CHECK(std::isnan(session.read(workspace, 1024)[5]));
    // A new handle takes memory.
    void* other = nullptr;
    OK(cuStreamBeginCapture_v2(session.stream, 0));
    EQUAL(1, cublasCreate_v2(&other));
    EQUAL(13, cublasSgemm_v2(handle, 0, 0, 1, 1, 1, &one, x, 1, y, 1, &zero, y, 1));
}

TEST(scalars_may_lie_on_the_device)
{
    Session session;
    void* const handle = handle_on(session);
    const Device x = session.copy({3}), y = session.copy({5}), c = session.copy({7}), alpha = session.copy({2}), beta = session.copy({10});
    OK(cublasSetPointerMode_v2(handle, 1));
    OK(cublasSgemm_v2(handle, 0, 0, 1, 1, 1, (const float*)alpha, x, 1, y, 1, (const float*)beta, c, 1));
    EQUAL(100.0f, session.read(c, 1)[0]);
}

TEST(handles_are_counted_and_fail_when_asked)
{
    Session session;
    void* handle = nullptr;
    fnEmulatorFailCall("cublasCreate_v2", 1, 3);
    EQUAL(3, cublasCreate_v2(&handle));
    OK(cublasCreate_v2(&handle));
    EQUAL(1, fnEmulatorCount(FN_COUNT_BLAS_HANDLES));
    void* stream = &session;
    OK(cublasGetStream_v2(handle, &stream));
    CHECK(stream == nullptr);
    OK(cublasSetStream_v2(handle, session.stream));
    OK(cublasGetStream_v2(handle, &stream));
    CHECK(stream == session.stream);
    EQUAL(13, cublasSetStream_v2(handle, &session));
    OK(cublasSetAtomicsMode(handle, 1));
    EQUAL(7, cublasSetAtomicsMode(handle, 2));
    int version = 0;
    OK(cublasGetVersion_v2(handle, &version));
    EQUAL(120500, version);
    const Device x = session.copy({3});
    const float one = 1.0f;
    fnEmulatorFailCall("cublasSgemm_v2", 2, 13);
    OK(cublasSgemm_v2(handle, 0, 0, 1, 1, 1, &one, x, 1, x, 1, &one, x, 1));
    EQUAL(13, cublasSgemm_v2(handle, 0, 0, 1, 1, 1, &one, x, 1, x, 1, &one, x, 1));
    OK(cublasDestroy_v2(handle));
    EQUAL(1, cublasDestroy_v2(handle));
    EQUAL(0, fnEmulatorCount(FN_COUNT_BLAS_HANDLES));
    OK(cuCtxSetCurrent(nullptr));
    EQUAL(1, cublasCreate_v2(&handle));
}
