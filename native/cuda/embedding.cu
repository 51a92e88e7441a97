// Rows of a table, chosen by tokens, and the table's gradient. Tokens were checked by the host before the pass; places have fewer than 2^31 elements.
//
// The gradient is summed in an order that follows from the rows alone, without atomics: first the rows of each entry within runs of 256 rows, which
// leaves one row for each entry that occurs in a run, then these rows for each entry. However unevenly tokens are spread, no entry has more of them
// than there are runs.
#include "common/strides.cuh"

struct FnEmbeddingArgs
{
    const int* tokens;  // [rows]
    const float* table; // [vocabulary, columns]
    float* y;           // [rows, columns]
    int rows;
    int columns;
};

// y[r, :] = table[tokens[r], :].
FN_KERNEL(256, fn_embedding, FnEmbeddingArgs)
{
    fn_grid_strides(
        (fn_i64)a.rows * a.columns,
        [&](fn_i64 at)
        {
            const unsigned row = (unsigned)at / (unsigned)a.columns;
            const unsigned column = (unsigned)at - row * (unsigned)a.columns;
            return a.table[(fn_i64)a.tokens[row] * a.columns + column];
        },
        [&](fn_i64 at, float v) { a.y[at] = v; });
}

#define FN_RUN 256
#define FN_RUN_COLUMNS 128
#define FN_EMBEDDING_WARPS 8
#define FN_NO_MARK 0xffffffffu

struct FnEmbeddingRunsArgs
{
    const int* tokens; // [rows]
    const float* dy;   // [rows, columns]
    unsigned* marks;   // [runs, 256]: of the first row of an entry in its run, 2 * token, and 1 more where others follow; of all else FN_NO_MARK
    float* sums;       // [rows, columns]: in the places of first rows that others follow, the sums of all
    int rows;
    int columns;
};

// A block takes a run of rows and up to 128 columns.
FN_KERNEL_COOPERATIVE(256, fn_embedding_runs, FnEmbeddingRunsArgs)
{
    FN_SHARED(int, tokens, FN_RUN);
    FN_SHARED(int, followed, FN_RUN);
    const int begin = FN_BLOCK_X * FN_RUN;
    const int count = fn_min(FN_RUN, a.rows - begin);
    const int warp = FN_THREAD / FN_WARP;
    const bool there = FN_THREAD < count;
    const int token = there ? a.tokens[begin + FN_THREAD] : -1;
    tokens[FN_THREAD] = token;
    followed[FN_THREAD] = 0;
    fn_sync();
    int first = FN_THREAD;
    for (int row = 0; row < FN_THREAD && first == FN_THREAD; row += 8)
    {
        FN_UNROLL
        for (int i = 7; i >= 0; i--)
        {
            if (tokens[row + i] == token && row + i < FN_THREAD) first = row + i;
        }
    }

    // All who write to a place write the same.
    if (there && first != FN_THREAD) followed[first] = 1;
    fn_sync();
    if (FN_COLUMN_BLOCK == 0) a.marks[begin + FN_THREAD] = there && first == FN_THREAD ? 2u * (unsigned)token + (unsigned)followed[FN_THREAD] : FN_NO_MARK;

    // A warp for each sum over 32 columns, dealt out in turn.
    const int parts = fn_min(FN_RUN_COLUMNS, a.columns - FN_COLUMN_BLOCK * FN_RUN_COLUMNS + FN_WARP - 1) / FN_WARP;
    int turn = 0;
    for (int place = 0; place < count; place += FN_WARP)
    {
        for (unsigned firsts = fn_ballot(followed[place + FN_LANE] != 0); firsts != 0; firsts &= firsts - 1)
        {
            const int row = place + __builtin_ctz(firsts);
            for (int part = 0; part < parts; part++)
            {
                if (turn++ % FN_EMBEDDING_WARPS != warp) continue;
                const int column = FN_COLUMN_BLOCK * FN_RUN_COLUMNS + part * FN_WARP + FN_LANE;
                float sum = 0.0f;
                for (int start = place; start < count; start += FN_WARP)
                {
                    unsigned same = fn_ballot(tokens[start + FN_LANE] == tokens[row]);
                    while (same != 0)
                    {
                        // Four loads at a time.
                        float v[4];
                        FN_UNROLL
                        for (int i = 0; i < 4; i++)
                        {
                            v[i] = same != 0 && column < a.columns ? a.dy[(fn_i64)(begin + start + __builtin_ctz(same)) * a.columns + column] : 0.0f;
                            same &= same - 1;
                        }

                        FN_UNROLL
                        for (int i = 0; i < 4; i++) sum += v[i];
                    }
                }

                if (column < a.columns) a.sums[(fn_i64)(begin + row) * a.columns + column] = sum;
            }
        }
    }
}

#define FN_ENTRIES 32
// What may wait, and what one look at 128 marks of a run finds: none of the entries twice.
#define FN_QUEUE (FN_WARP + FN_ENTRIES)

struct FnEmbeddingGradientArgs
{
    const unsigned* marks; // [runs, 256]
    const float* dy;       // [rows, columns]
    const float* sums;     // [rows, columns]
    float* dtable;         // [vocabulary, columns]
    int rows;
    int vocabulary;
    int columns;
    int entries_log2; // of the entries of a warp, up to FN_ENTRIES
};

struct alignas(16) FnMarks
{
    unsigned x, y, z, w;
};

// Of numbers in registers, which have no addresses to compute.
FN_DEVICE unsigned fn_choose(int which, unsigned first, unsigned second, unsigned third, unsigned fourth)
{
    return which < 2 ? (which == 0 ? first : second) : (which == 2 ? third : fourth);
}

// Adds the rows that wait in the queue to the entries' totals, in their order, with eight loads at a time.
FN_DEVICE void fn_embedding_add(const FnEmbeddingGradientArgs& a, const int* rows, const unsigned* marks, int queued, int first, int column, float* totals)
{
    fn_sync_warp();
    for (int q = 0; q < queued; q += 8)
    {
        float v[8];
        FN_UNROLL
        for (int i = 0; i < 8; i++)
        {
            const int at = fn_min(q + i, queued - 1);
            v[i] = column < a.columns ? (marks[at] & 1 ? a.sums : a.dy)[(fn_i64)rows[at] * a.columns + column] : 0.0f;
        }

        FN_UNROLL
        for (int i = 0; i < 8; i++)
        {
            if (q + i < queued) totals[((int)(marks[q + i] >> 1) - first) * FN_WARP] += v[i];
        }
    }

    fn_sync_warp();
}

// A warp takes 32 columns of a few neighbouring entries: it looks through all marks, and adds up the rows that are theirs.
FN_KERNEL_COOPERATIVE(256, fn_embedding_gradient, FnEmbeddingGradientArgs)
{
    FN_SHARED(float, all_totals, FN_EMBEDDING_WARPS * FN_ENTRIES * FN_WARP);
    FN_SHARED(int, all_rows, FN_EMBEDDING_WARPS * FN_QUEUE);
    FN_SHARED(unsigned, all_marks, FN_EMBEDDING_WARPS * FN_QUEUE);
    const int warp = FN_THREAD / FN_WARP;
    const int entries = 1 << a.entries_log2;
    const unsigned set = (unsigned)(FN_BLOCK_X * FN_EMBEDDING_WARPS + warp);
    const int first = (int)(set << a.entries_log2);
    const int column = FN_COLUMN_BLOCK * FN_WARP + FN_LANE;
    if (first >= a.vocabulary) return;
    float* totals = all_totals + warp * FN_ENTRIES * FN_WARP + FN_LANE;
    int* rows = all_rows + warp * FN_QUEUE;
    unsigned* marks = all_marks + warp * FN_QUEUE;
    for (int e = 0; e < entries; e++) totals[e * FN_WARP] = 0.0f;

    const int shift = 1 + a.entries_log2;
    const int marked = (a.rows + FN_RUN - 1) / FN_RUN * FN_RUN;
    const unsigned before = (1u << FN_LANE) - 1;
    int queued = 0;
    for (int start = 0; start < marked; start += 4 * 4 * FN_WARP)
    {
        FnMarks found[4];
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const int row = start + (i * FN_WARP + FN_LANE) * 4;
            if (row < marked) found[i] = *(const FnMarks*)(a.marks + row);
            else found[i] = FnMarks{FN_NO_MARK, FN_NO_MARK, FN_NO_MARK, FN_NO_MARK};
        }

        unsigned looks = 0;
        FN_UNROLL
        for (int i = 0; i < 4; i++)
        {
            const FnMarks m = found[i];
            const bool any = m.x >> shift == set || m.y >> shift == set || m.z >> shift == set || m.w >> shift == set;
            if (fn_ballot(any) != 0) looks |= 1u << i;
        }

        // Few looks find any: one piece of code for all of them.
        for (; looks != 0; looks &= looks - 1)
        {
            const int i = __builtin_ctz(looks);
            const unsigned mark[4] = {
                fn_choose(i, found[0].x, found[1].x, found[2].x, found[3].x),
                fn_choose(i, found[0].y, found[1].y, found[2].y, found[3].y),
                fn_choose(i, found[0].z, found[1].z, found[2].z, found[3].z),
                fn_choose(i, found[0].w, found[1].w, found[2].w, found[3].w),
            };
            int place = queued;
            FN_UNROLL
            for (int k = 0; k < 4; k++)
            {
                const unsigned lanes = fn_ballot(mark[k] >> shift == set);
                place += fn_popcount(lanes & before);
                queued += fn_popcount(lanes);
            }

            FN_UNROLL
            for (int k = 0; k < 4; k++)
            {
                if (mark[k] >> shift != set) continue;
                rows[place] = start + (i * FN_WARP + FN_LANE) * 4 + k;
                marks[place] = mark[k];
                place++;
            }

            if (queued <= FN_WARP) continue;
            fn_embedding_add(a, rows, marks, queued, first, column, totals);
            queued = 0;
        }
    }

    fn_embedding_add(a, rows, marks, queued, first, column, totals);
    if (column >= a.columns) return;
    for (int e = 0; e < fn_min(entries, a.vocabulary - first); e++) a.dtable[(fn_i64)(first + e) * a.columns + column] = totals[e * FN_WARP];
}
