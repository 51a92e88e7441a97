// C = alpha op(A) op(B) + beta C, column-major, on the processor.
#pragma once

namespace emulator::blas
{
    // How many bits of a factor's mantissa count.
    enum class Precision
    {
        Full,
        Tf32,     // 10
        Bfloat16, // 7
    };

    struct MatrixProduct
    {
        bool transpose_a; // A is [k, m]
        bool transpose_b; // B is [n, k]
        int m;
        int n;
        int k;
        float alpha;
        const float* a;
        int lda;
        const float* b;
        int ldb;
        float beta; // 0: C is not read
        float* c;
        int ldc;
        Precision precision;
    };

    // An element's sum has an order that depends on k alone: blocks of 256 terms, each in single precision, added up in double precision.
    void multiply(const MatrixProduct& product);
}
