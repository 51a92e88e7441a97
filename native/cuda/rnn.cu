// The simple recurrent network, forward and backward, in two ways; common/recurrent.cuh and lstm.cu have what they share with the other layers.
//
// Whole sequences, up to 256 units, a thread for each unit. A step of one sample waits: two chains of units / 2 multiply-adds of 4 cycles each, a function
// and a barrier, 300 to 800 cycles for 5 to 256 units; shared memory takes units^2 / 128 + (units - 64) units / 32 of them, 190 for 100 units. A
// unit's sum and function belong to one thread, and two states take turns, so that one barrier a step is enough. At 1.7 GHz that is 0.2 to
// 0.3 us a step for 5 to 100 units.
//
// Step by step: cuBLAS writes the product where the state will be, and a kernel has the function. It moves 3 numbers a unit forward and 5 backward: a step
// costs its two launches, 3 to 5 us in a recorded graph.
#include "common/recurrent.cuh"

// f and its derivative by its output, of the kernels for whole sequences: tanh or ReLU, which keeps the code small; the engine takes other functions step by step.
FN_DEVICE float fn_rnn_activate(int function, float x) { return function == FN_TANH ? fn_tanh(x) : fn_at_least(x, 0.0f); }
FN_DEVICE float fn_rnn_derivative(int function, float y) { return function == FN_TANH ? fn_fma(-y, y, 1.0f) : y > 0.0f ? 1.0f : 0.0f; }

struct FnRnnForwardArgs
{
    const float* projection;    // x W + b, [time, batch, units]
    const float* kernel;        // U, [units, units]
    const float* bias;          // [units], or null
    const float* initialHidden; // [batch, units], or null
    float* hidden;              // [time + 1, batch, units]
    FnScan scan;
    int activation;
};

template <int R, int S, int A>
FN_DEVICE void fn_rnn_forward(const FnRnnForwardArgs& a, float* shared)
{
    const FnScan& scan = a.scan;
    const FnTile<1, R, S> tile = fn_tile<1, R, S>(scan);
    const int units = tile.units, unit = tile.unit, size = S * tile.depth;
    float* const states = shared; // [2, S, depth]: h of even and of odd steps
    FnColumn<R> w;
    fn_load_column(a.kernel, tile, states + 2 * size, w);
    const float bias = tile.active && a.bias ? a.bias[unit] : 0.0f;

    fn_clear_shared(states, 2 * size);
    fn_sync();
    float h[S], x[A][S];
    int end[S];
    const auto input = [&](int step, int s)
    {
        return step < scan.time && fn_has(tile, s) ? a.projection[fn_row(scan, tile, fn_at(scan, step), s) * units + unit] : 0.0f;
    };
    FN_UNROLL
    for (int s = 0; s < S; s++)
    {
        h[s] = 0.0f;
        end[s] = fn_length(scan, tile, s);
        FN_UNROLL
        for (int turn = 0; turn < A; turn++) x[turn][s] = input(turn, s);
        if (!fn_has(tile, s)) continue;
        if (a.initialHidden) h[s] = a.initialHidden[fn_row(scan, tile, 0, s) * units + unit];
        a.hidden[fn_row(scan, tile, fn_before(scan, 0), s) * units + unit] = h[s];
        states[s * tile.depth + unit] = h[s];
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
            const float* const old = states + (step & 1) * size;
            float* const fresh = states + (~step & 1) * size;
            float sum[S];
            FN_UNROLL
            for (int s = 0; s < S; s++) sum[s] = bias;

            if (tile.active)
            {
                if (step > 0 || a.initialHidden) fn_multiply(w, tile, old, tile.depth, sum);
                FN_UNROLL
                for (int s = 0; s < S; s++)
                {
                    if (at < end[s]) h[s] = fn_rnn_activate(a.activation, x[turn][s] + sum[s]);
                    x[turn][s] = input(step + A, s);
                    fresh[s * tile.depth + unit] = h[s];
                    if (s < tile.count) a.hidden[fn_row(scan, tile, fn_after(scan, step), s) * units + unit] = h[s];
                }
            }

            fn_sync();
        }
    }
}

FN_KERNEL_COOPERATIVE(32, fn_rnn_forward_small, FnRnnForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_forward<32, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_rnn_forward_one, FnRnnForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_forward<64, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_rnn_forward_four, FnRnnForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_forward<48, 4, 2>(a, (float*)shared);
}

struct FnRnnBackwardArgs
{
    const float* dHidden;     // [time, batch, units], or null
    const float* dLastHidden; // [batch, units], or null
    const float* hidden;      // [time + 1, batch, units]
    const float* kernel;      // U, [units, units]; transposed but for the small kernel
    float* dZ;                // [time, batch, units], may be dHidden
    float* dInitialHidden;    // [batch, units], or null
    FnScan scan;
    int truncate;
    int activation;
};

template <int R, int S, int A>
FN_DEVICE void fn_rnn_backward(const FnRnnBackwardArgs& a, float* shared)
{
    const FnScan& scan = a.scan;
    const FnTile<1, R, S> tile = fn_tile<1, R, S>(scan);
    const int units = tile.units, unit = tile.unit, size = S * tile.depth, last = scan.time - 1;
    float* const dz = shared; // [2, S, depth]: of even and of odd steps
    FnColumn<R> w;
    if constexpr (R == 32) fn_load_transposed(a.kernel, tile, shared, w);
    else fn_load_column(a.kernel, tile, dz + 2 * size, w);
    fn_clear_shared(dz, 2 * size);

    float dh[S], y[A][S], above[A][S]; // dh: what reaches the state; y: h behind the step; above: the share of the layer above
    int end[S];
    const auto behind = [&](int step, int s)
    {
        return step >= 0 && fn_has(tile, s) ? a.hidden[fn_row(scan, tile, fn_after(scan, step), s) * units + unit] : 0.0f;
    };
    const auto share = [&](int step, int s)
    {
        return step >= 0 && fn_has(tile, s) && a.dHidden ? a.dHidden[fn_row(scan, tile, fn_at(scan, step), s) * units + unit] : 0.0f;
    };
    FN_UNROLL
    for (int s = 0; s < S; s++)
    {
        dh[s] = fn_has(tile, s) && a.dLastHidden ? a.dLastHidden[fn_row(scan, tile, 0, s) * units + unit] : 0.0f;
        end[s] = fn_length(scan, tile, s);
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            y[turn][s] = behind(last - turn, s);
            above[turn][s] = share(last - turn, s);
        }
    }

    fn_sync();
    for (int first = scan.time - 1; first >= 0; first -= A)
    {
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            const int step = first - turn;
            if (A > 1 && step < 0) break;
            const int at = fn_at(scan, step);
            const bool cut = fn_is_cut(a.truncate, step);
            float* const near = dz + (step & 1) * size;
            FN_UNROLL
            for (int s = 0; s < S; s++)
            {
                if (!fn_has(tile, s)) continue;
                dh[s] += above[turn][s];
                float d = 0.0f;
                if (at < end[s])
                {
                    d = dh[s] * fn_rnn_derivative(a.activation, y[turn][s]);
                    dh[s] = 0.0f;
                }

                near[s * tile.depth + unit] = d;
                a.dZ[fn_row(scan, tile, at, s) * units + unit] = d;
                if (cut) dh[s] = 0.0f;
                y[turn][s] = behind(step - A, s);
                above[turn][s] = share(step - A, s);
            }

            fn_sync();
            if (tile.active && !cut && (step > 0 || a.dInitialHidden)) fn_multiply(w, tile, near, tile.depth, dh);
        }
    }

    if (!a.dInitialHidden) return;
    FN_UNROLL
    for (int s = 0; s < S; s++)
    {
        if (fn_has(tile, s)) a.dInitialHidden[fn_row(scan, tile, 0, s) * units + unit] = dh[s];
    }
}

FN_KERNEL_COOPERATIVE(32, fn_rnn_backward_small, FnRnnBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_backward<32, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_rnn_backward_one, FnRnnBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_backward<64, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_rnn_backward_four, FnRnnBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_rnn_backward<48, 4, 1>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_rnn_transpose, FnTransposeArgs)
{
    FN_SHARED(float, square, 32 * 33);
    fn_transpose_gates(a, square);
}

struct FnRnnForwardStepArgs
{
    const float* projection; // [batch, units] of the step
    const float* bias;       // [units], or null
    const float* oldHidden;  // [batch, units]
    float* newHidden;        // [batch, units]: the product h U on entry, if there is one
    const int* lengths;      // [batch], or null
    int product;             // not 0: there is a product
    int at;
    int batch;
    int units;
    int activation;
};

FN_KERNEL(256, fn_rnn_forward_step, FnRnnForwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        const unsigned sample = item / units;
        if (a.lengths && a.at >= a.lengths[sample])
        {
            a.newHidden[item] = a.oldHidden[item];
            continue;
        }

        float sum = a.product ? a.newHidden[item] : 0.0f;
        if (a.bias) sum += a.bias[item - sample * units];
        a.newHidden[item] = fn_activate_one(a.activation, a.projection[item] + sum);
    }
}

struct FnRnnBackwardStepArgs
{
    const float* dHidden;   // [batch, units] of the step, or null
    const float* dNext;     // [batch, units]: dh by the step after it, or null for 0
    const float* newHidden; // [batch, units]: h behind the step
    const int* lengths;     // [batch], or null
    float* dZ;              // [batch, units] of the step, may be dHidden
    float* dPast;           // [batch, units]: what reaches the state before the step past the product, may be dNext; or null
    int at;
    int batch;
    int units;
    int activation;
};

FN_KERNEL(256, fn_rnn_backward_step, FnRnnBackwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        float dh = a.dNext ? a.dNext[item] : 0.0f;
        if (a.dHidden) dh += a.dHidden[item];
        float d = 0.0f;
        if (!a.lengths || a.at < a.lengths[item / units])
        {
            d = dh * fn_derivative_one(a.activation, a.newHidden[item]);
            dh = 0.0f;
        }

        a.dZ[item] = d;
        if (a.dPast) a.dPast[item] = dh;
    }
}
