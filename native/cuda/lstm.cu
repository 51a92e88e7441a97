// Long short-term memory, forward and backward, in two ways.
//
// Whole sequences (fn_lstm_forward_*, fn_lstm_backward_*), up to 128 units: a block has 1 or 4 samples and goes through all steps without leaving it
// (common/recurrent.cuh). What a step of one sample costs a multiprocessor, by count:
//   - latency, some 600 cycles: two chains of units / 2 multiply-adds, two barriers, an exponential or two and a division behind each other. So all gates'
//     functions are computed at once, each by the thread that has the gate's column; the numbers of the next steps are on their way from device
//     memory during the product of this one; and batches spread over all multiprocessors before a block gets more than one sample.
//   - shared memory, 128 bytes a cycle: the operand, units^2 / 32 cycles, and what of U is not in registers, (units - 64) units / 8: 760 cycles for 100
//     units, 1540 for 128. Four samples share the reads of U.
//   - multiply-adds, units^2 / 32 cycles: 310 for 100 units.
// Device memory's 40 bytes a unit forward and 60 backward are far from its limit. At 1.7 GHz that is 0.3 to 0.5 us a step for 5 to 64 units, 0.8 for
// 100, 1.2 for 128.
//
// Step by step (fn_lstm_forward_step, fn_lstm_backward_step), where U is larger: the products are cuBLAS's, and a kernel has the functions. It
// moves 11 numbers a unit forward and 14 backward, which for up to some 10^5 units of all samples stay in the second cache: a step costs its
// two launches, 3 to 5 us in a recorded graph.
#include "common/recurrent.cuh"

struct FnLstmForwardArgs
{
    float* gates;               // [time, batch, 4 units]: x W + b on entry, i, f, g, o on exit
    const float* kernel;        // U, [units, 4 units]
    const float* bias;          // [4 units], or null
    const float* initialHidden; // [batch, units], or null
    const float* initialCell;   // [batch, units], or null
    float* hidden;              // [time + 1, batch, units]
    float* cell;                // [time + 1, batch, units]
    FnScan scan;
};

template <int R, int S, int A>
FN_DEVICE void fn_lstm_forward(const FnLstmForwardArgs& a, float* shared)
{
    const FnScan& scan = a.scan;
    const FnTile<4, R, S> tile = fn_tile<4, R, S>(scan);
    static_assert(FnTile<4, R, S>::Items == 1, "a thread has the cell functions of one sample");
    const int units = tile.units, unit = tile.unit, sample = tile.gate;
    float* const state = shared;                    // [S, depth]: h
    float* const gates = state + S * tile.depth;    // [S, columns]: i, f, g, o
    float* const rest = gates + S * tile.columns;
    FnColumn<R> w;
    fn_load_column(a.kernel, tile, rest, w);
    const float bias = tile.active && a.bias ? a.bias[tile.column] : 0.0f;

    fn_clear_shared(state, S * tile.depth);
    fn_sync();
    const bool mine = fn_has(tile, sample);
    float h = 0.0f, c = 0.0f;
    if (mine)
    {
        const unsigned from = fn_row(scan, tile, 0, sample) * units + unit;
        const unsigned to = fn_row(scan, tile, fn_before(scan, 0), sample) * units + unit;
        if (a.initialHidden) h = a.initialHidden[from];
        if (a.initialCell) c = a.initialCell[from];
        a.hidden[to] = h;
        a.cell[to] = c;
        state[sample * tile.depth + unit] = h;
    }

    const int end = fn_length(scan, tile, sample);
    int ends[S];
    float x[A][S];
    const auto input = [&](int step, int s)
    {
        return step < scan.time && fn_has(tile, s) ? a.gates[fn_row(scan, tile, fn_at(scan, step), s) * tile.columns + tile.column] : 0.0f;
    };
    FN_UNROLL
    for (int s = 0; s < S; s++)
    {
        ends[s] = fn_length(scan, tile, s);
        FN_UNROLL
        for (int turn = 0; turn < A; turn++) x[turn][s] = input(turn, s);
    }

    fn_sync();
    for (int first = 0; first < scan.time; first += A)
    {
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            const int step = first + turn;
            if (A > 1 && step >= scan.time) break;
            const int at = fn_at(scan, step);
            float sum[S];
            FN_UNROLL
            for (int s = 0; s < S; s++) sum[s] = bias;

            if (tile.active)
            {
                if (step > 0 || a.initialHidden) fn_multiply(w, tile, state, tile.depth, sum);
                float y[S];
                if (tile.gate == 2)
                {
                    FN_UNROLL
                    for (int s = 0; s < S; s++) y[s] = fn_tanh(x[turn][s] + sum[s]);
                }
                else
                {
                    FN_UNROLL
                    for (int s = 0; s < S; s++) y[s] = fn_sigmoid(x[turn][s] + sum[s]);
                }

                FN_UNROLL
                for (int s = 0; s < S; s++)
                {
                    x[turn][s] = input(step + A, s);
                    if (at >= ends[s]) y[s] = 0.0f;
                    gates[s * tile.columns + tile.column] = y[s];
                    if (s < tile.count) a.gates[fn_row(scan, tile, at, s) * tile.columns + tile.column] = y[s];
                }
            }

            fn_sync();
            if (mine)
            {
                if (at < end)
                {
                    const float* const g = gates + sample * tile.columns + unit;
                    c = fn_fma(g[units], c, g[0] * g[2 * units]);
                    h = g[3 * units] * fn_tanh(c);
                    state[sample * tile.depth + unit] = h;
                }

                const unsigned to = fn_row(scan, tile, fn_after(scan, step), sample) * units + unit;
                a.cell[to] = c;
                a.hidden[to] = h;
            }

            fn_sync();
        }
    }
}

FN_KERNEL_COOPERATIVE(128, fn_lstm_forward_small, FnLstmForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_forward<32, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_lstm_forward_one, FnLstmForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_forward<64, 1, 2>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_lstm_forward_four, FnLstmForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_forward<48, 4, 1>(a, (float*)shared);
}

struct FnLstmBackwardArgs
{
    const float* dHidden;     // [time, batch, units], or null
    const float* dLastHidden; // [batch, units], or null
    const float* dLastCell;   // [batch, units], or null
    float* gates;             // [time, batch, 4 units]: i, f, g, o on entry, dz on exit
    const float* cell;        // [time + 1, batch, units]
    const float* kernel;      // U, [units, 4 units]; transposed within each gate but for the small kernel
    float* dInitialHidden;    // [batch, units], or null
    float* dInitialCell;      // [batch, units], or null
    FnScan scan;
    int truncate;
};

// What a step's gradients are computed from, beside the next step's.
struct FnLstmSaved
{
    float i, f, g, o;
    float before; // the cell before the step
    float dh;     // the share of the layer above
};

template <class Args>
FN_DEVICE FnLstmSaved fn_lstm_saved(const Args& a, unsigned row, unsigned before, int units, int unit)
{
    const unsigned at = row * 4 * units + unit;
    return FnLstmSaved{
        a.gates[at], a.gates[at + units], a.gates[at + 2 * units], a.gates[at + 3 * units],
        a.cell[before * units + unit], a.dHidden ? a.dHidden[row * units + unit] : 0.0f};
}

struct FnLstmGradient
{
    float i, f, g, o;
};

// dz of one unit, and dc taken from after the step to before it.
FN_DEVICE FnLstmGradient fn_lstm_gradient(const FnLstmSaved& v, float after, float dh, float& dc)
{
    const float tanh = fn_tanh(after);
    const float dho = dh * v.o;
    dc = fn_fma(dho, fn_fma(-tanh, tanh, 1.0f), dc);
    const float dci = dc * v.i;
    const float dcf = dc * v.f;
    const FnLstmGradient d = {dci * v.g * (1.0f - v.i), dcf * v.before * (1.0f - v.f), dci * fn_fma(-v.g, v.g, 1.0f), dho * tanh * (1.0f - v.o)};
    dc = dcf;
    return d;
}

template <int R, int S, int A>
FN_DEVICE void fn_lstm_backward(const FnLstmBackwardArgs& a, float* shared)
{
    const FnScan& scan = a.scan;
    const FnTile<4, R, S> tile = fn_tile<4, R, S>(scan);
    static_assert(FnTile<4, R, S>::Items == 1, "a thread has the cell functions of one sample");
    const int units = tile.units, unit = tile.unit, sample = tile.gate, depth = tile.depth;
    float* const dz = shared;                       // [S, 4, depth]
    float* const parts = dz + S * 4 * depth;        // [S, columns]: each gate's share of dh
    float* const rest = parts + S * tile.columns;
    FnColumn<R> w;
    if constexpr (R == 32) fn_load_transposed(a.kernel, tile, shared, w);
    else fn_load_column(a.kernel, tile, rest, w);
    fn_clear_shared(dz, S * 4 * depth);

    const bool mine = fn_has(tile, sample);
    const int end = fn_length(scan, tile, sample);
    const unsigned state = fn_row(scan, tile, 0, sample) * units + unit;
    const int last = scan.time - 1;
    float dh = 0.0f, dc = 0.0f, after = 0.0f; // dh: what reaches the state past the product
    FnLstmSaved v[A];
    const auto saved = [&](int step)
    {
        return fn_lstm_saved(a, fn_row(scan, tile, fn_at(scan, step), sample), fn_row(scan, tile, fn_before(scan, step), sample), units, unit);
    };
    FN_UNROLL
    for (int turn = 0; turn < A; turn++) v[turn] = {};
    if (mine)
    {
        if (a.dLastHidden) dh = a.dLastHidden[state];
        if (a.dLastCell) dc = a.dLastCell[state];
        if (last >= 0) after = a.cell[fn_row(scan, tile, fn_after(scan, last), sample) * units + unit];
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            if (turn <= last) v[turn] = saved(last - turn);
        }
    }

    fn_sync();
    bool flows = false; // whether the step after this one has left parts
    for (int first = scan.time - 1; first >= 0; first -= A)
    {
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            const int step = first - turn;
            if (A > 1 && step < 0) break;
            const int at = fn_at(scan, step);
            const bool cut = fn_is_cut(a.truncate, step);
            if (mine)
            {
                const float* const p = parts + sample * tile.columns + unit;
                if (flows) dh += (p[0] + p[units]) + (p[2 * units] + p[3 * units]);
                dh += v[turn].dh;
                FnLstmGradient d = {};
                if (at < end)
                {
                    d = fn_lstm_gradient(v[turn], after, dh, dc);
                    dh = 0.0f;
                }

                float* const near = dz + sample * 4 * depth + unit;
                near[0] = d.i;
                near[depth] = d.f;
                near[2 * depth] = d.g;
                near[3 * depth] = d.o;
                const unsigned far = fn_row(scan, tile, at, sample) * tile.columns + unit;
                a.gates[far] = d.i;
                a.gates[far + units] = d.f;
                a.gates[far + 2 * units] = d.g;
                a.gates[far + 3 * units] = d.o;
                if (cut) dh = dc = 0.0f;
                after = v[turn].before;
                if (step >= A) v[turn] = saved(step - A);
            }

            fn_sync();
            flows = !cut && (step > 0 || a.dInitialHidden);
            if (!flows) continue;
            if (tile.active)
            {
                float sum[S];
                FN_UNROLL
                for (int s = 0; s < S; s++) sum[s] = 0.0f;
                fn_multiply(w, tile, dz + tile.gate * depth, 4 * depth, sum);
                FN_UNROLL
                for (int s = 0; s < S; s++) parts[s * tile.columns + tile.column] = sum[s];
            }

            fn_sync();
        }
    }

    if (!mine) return;
    const float* const p = parts + sample * tile.columns + unit;
    if (flows) dh += (p[0] + p[units]) + (p[2 * units] + p[3 * units]);
    if (a.dInitialHidden) a.dInitialHidden[state] = dh;
    if (a.dInitialCell) a.dInitialCell[state] = dc;
}

FN_KERNEL_COOPERATIVE(128, fn_lstm_backward_small, FnLstmBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_backward<32, 1, 2>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_lstm_backward_one, FnLstmBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_backward<64, 1, 1>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_lstm_backward_four, FnLstmBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_lstm_backward<48, 4, 1>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_lstm_transpose, FnTransposeArgs)
{
    FN_SHARED(float, square, 32 * 33);
    fn_transpose_gates(a, square);
}

struct FnLstmForwardStepArgs
{
    float* gates;           // [batch, 4 units] of the step: x W + b + h U on entry
    const float* bias;      // [4 units], or null
    const float* oldHidden; // [batch, units]
    const float* oldCell;   // [batch, units]
    float* newHidden;       // [batch, units]
    float* newCell;         // [batch, units]
    const int* lengths;     // [batch], or null
    int at;
    int batch;
    int units;
};

FN_KERNEL(256, fn_lstm_forward_step, FnLstmForwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        const unsigned sample = item / units, unit = item - sample * units;
        float* const gates = a.gates + sample * 4 * units + unit;
        float i = 0.0f, f = 0.0f, g = 0.0f, o = 0.0f, c = a.oldCell[item], h;
        if (a.lengths && a.at >= a.lengths[sample])
        {
            h = a.oldHidden[item];
        }
        else
        {
            i = gates[0];
            f = gates[units];
            g = gates[2 * units];
            o = gates[3 * units];
            if (a.bias)
            {
                i += a.bias[unit];
                f += a.bias[units + unit];
                g += a.bias[2 * units + unit];
                o += a.bias[3 * units + unit];
            }

            i = fn_sigmoid(i);
            f = fn_sigmoid(f);
            g = fn_tanh(g);
            o = fn_sigmoid(o);
            c = fn_fma(f, c, i * g);
            h = o * fn_tanh(c);
        }

        gates[0] = i;
        gates[units] = f;
        gates[2 * units] = g;
        gates[3 * units] = o;
        a.newCell[item] = c;
        a.newHidden[item] = h;
    }
}

struct FnLstmBackwardStepArgs
{
    const float* dHidden; // [batch, units] of the step, or null
    const float* dNext;   // [batch, units]: dh by the step after it, or null for 0
    const float* dCell;   // [batch, units]: dc behind the step, or null for 0
    float* gates;         // [batch, 4 units] of the step: i, f, g, o on entry, dz on exit
    const float* oldCell; // [batch, units]
    const float* newCell; // [batch, units]
    const int* lengths;   // [batch], or null
    float* dPast;         // [batch, units]: what reaches the state before the step past the product, may be dNext; or null
    float* dOldCell;      // [batch, units]: dc before the step, may be dCell
    int at;
    int batch;
    int units;
};

FN_KERNEL(256, fn_lstm_backward_step, FnLstmBackwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        const unsigned sample = item / units, unit = item - sample * units;
        float* const gates = a.gates + sample * 4 * units + unit;
        float dh = a.dNext ? a.dNext[item] : 0.0f;
        float dc = a.dCell ? a.dCell[item] : 0.0f;
        if (a.dHidden) dh += a.dHidden[item];
        FnLstmGradient d = {};
        if (!a.lengths || a.at < a.lengths[sample])
        {
            const FnLstmSaved v = {gates[0], gates[units], gates[2 * units], gates[3 * units], a.oldCell[item], 0.0f};
            d = fn_lstm_gradient(v, a.newCell[item], dh, dc);
            dh = 0.0f;
        }

        gates[0] = d.i;
        gates[units] = d.f;
        gates[2 * units] = d.g;
        gates[3 * units] = d.o;
        if (a.dPast) a.dPast[item] = dh;
        a.dOldCell[item] = dc;
    }
}
