#include "matrix_product.h"
#include <algorithm>
#include <cstring>
#include <vector>

using namespace emulator::blas;

namespace
{
    // A tile of C is Rows by Columns; its accumulators stay in registers. Rows are lanes of vectors, which compilers cut to what there is.
    constexpr int Rows = 16;
    constexpr int Columns = 6;
    constexpr int Depth = 256;

    typedef float Lanes __attribute__((vector_size(32), aligned(4)));

    struct Scratch
    {
        std::vector<float> a;    // [panels of rows][k][Rows]
        std::vector<float> b;    // [panels of columns][k][Columns]
        std::vector<double> sums; // [n][m, rounded up]
    };

    Scratch scratch;

    // To the nearest, halves away from zero, as cvt.rna does.
    float rounded(float value, Precision precision)
    {
        if (precision == Precision::Full) return value;
        const int dropped = precision == Precision::Tf32 ? 13 : 16;
        unsigned bits;
        std::memcpy(&bits, &value, sizeof bits);
        if ((bits & 0x7F800000u) == 0x7F800000u) return value;
        bits = (bits + (1u << (dropped - 1))) & ~((1u << dropped) - 1);
        std::memcpy(&value, &bits, sizeof bits);
        return value;
    }

    // A block of op(A) or op(B) in panels, with zeros behind the edge. Element (i, p) is at i * step_i + p * step_p.
    void pack(const float* from, long long step_i, long long step_p, int count, int depth, int width, Precision precision, std::vector<float>& to)
    {
        const int panels = (count + width - 1) / width;
        to.assign((size_t)panels * width * depth, 0.0f);
        for (int i = 0; i < count; i++)
        {
            float* const lane = &to[(size_t)(i / width) * width * depth + i % width];
            const float* const source = from + i * step_i;
            for (int p = 0; p < depth; p++) lane[(size_t)p * width] = rounded(source[p * step_p], precision);
        }
    }

    void multiply_tile(const float* a, const float* b, int depth, double* sums, size_t stride, int columns)
    {
        Lanes tile[Columns][2] = {};
        for (int p = 0; p < depth; p++, a += Rows, b += Columns)
        {
            Lanes a0, a1;
            std::memcpy(&a0, a, sizeof a0);
            std::memcpy(&a1, a + Rows / 2, sizeof a1);
            for (int j = 0; j < Columns; j++)
            {
                tile[j][0] += a0 * b[j];
                tile[j][1] += a1 * b[j];
            }
        }

        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < Rows; i++) sums[(size_t)j * stride + i] += tile[j][i / 8][i % 8];
        }
    }

    void write(const MatrixProduct& product, const double* sums, size_t stride)
    {
        for (int j = 0; j < product.n; j++)
        {
            float* const column = product.c + (long long)j * product.ldc;
            for (int i = 0; i < product.m; i++)
            {
                const float value = product.alpha * (float)sums[(size_t)j * stride + i];
                column[i] = product.beta == 0.0f ? value : value + product.beta * column[i];
            }
        }
    }
}

void emulator::blas::multiply(const MatrixProduct& product)
{
    const int row_panels = (product.m + Rows - 1) / Rows;
    const size_t stride = (size_t)row_panels * Rows;
    scratch.sums.assign(stride * (size_t)product.n, 0.0);
    for (int p = 0; p < product.k && product.alpha != 0.0f; p += Depth)
    {
        const int depth = std::min(Depth, product.k - p);
        const float* const a = product.a + (product.transpose_a ? p : (long long)p * product.lda);
        const float* const b = product.b + (product.transpose_b ? (long long)p * product.ldb : p);
        pack(a, product.transpose_a ? product.lda : 1, product.transpose_a ? 1 : product.lda, product.m, depth, Rows, product.precision, scratch.a);
        pack(b, product.transpose_b ? 1 : product.ldb, product.transpose_b ? product.ldb : 1, product.n, depth, Columns, product.precision, scratch.b);
        for (int j = 0; j < product.n; j += Columns)
        {
            for (int i = 0; i < row_panels; i++)
            {
                multiply_tile(
                    &scratch.a[(size_t)i * Rows * depth],
                    &scratch.b[(size_t)(j / Columns) * Columns * depth],
                    depth,
                    &scratch.sums[(size_t)j * stride + (size_t)i * Rows],
                    stride,
                    std::min(Columns, product.n - j));
            }
        }
    }

    write(product, scratch.sums.data(), stride);
}
