// The gated recurrent unit, forward and backward, in two ways; common/recurrent.cuh and lstm.cu have what they share with the other layers.
//
// Whole sequences, up to 170 units. A step of one sample costs a multiprocessor some 600 cycles of latency: the product, a sigmoid, a barrier, a tanh that
// needs the sigmoid, a barrier; of shared memory 3 units^2 / 128 cycles for the operand and 3 (units - 64) units / 32 for what of U is not in
// registers, 570 for 100 units; 3 units^2 / 128 cycles of multiply-adds. It differs from the LSTM in that the candidate's columns pass the
// product on as it is, and the candidate is computed with the state. At 1.7 GHz that is 0.3 to 0.5 us a step for 5 to 64 units, 0.7 for 100.
//
// Step by step: cuBLAS writes the product into scratch memory, and a kernel has the functions. It moves 12 numbers a unit forward and 14 backward, of the
// second cache for up to some 10^5 units of all samples: a step costs its two launches, 3 to 5 us in a recorded graph.
#include "common/recurrent.cuh"

struct FnGruForwardArgs
{
    float* gates;               // [time, batch, 3 units]: x W + b on entry, r, z, n on exit
    const float* kernel;        // U, [units, 3 units]
    const float* bias;          // [3 units], or null
    const float* initialHidden; // [batch, units], or null
    float* candidate;           // [time, batch, units]: the product behind n
    float* hidden;              // [time + 1, batch, units]
    FnScan scan;
};

template <int R, int S, int A>
FN_DEVICE void fn_gru_forward(const FnGruForwardArgs& a, float* shared)
{
    constexpr int Items = FnTile<3, R, S>::Items;
    const FnScan& scan = a.scan;
    const FnTile<3, R, S> tile = fn_tile<3, R, S>(scan);
    const int units = tile.units, unit = tile.unit;
    float* const state = shared;                    // [S, depth]: h
    float* const gates = state + S * tile.depth;    // [S, columns]: r, z, the product behind n
    float* const inputs = gates + S * tile.columns; // [S, units]: the input's share of n
    FnColumn<R> w;
    fn_load_column(a.kernel, tile, inputs + S * units, w);
    const float bias = tile.active && a.bias ? a.bias[tile.column] : 0.0f;

    fn_clear_shared(state, S * tile.depth);
    fn_sync();
    float h[Items];
    int end[Items];
    FN_UNROLL
    for (int i = 0; i < Items; i++)
    {
        const int sample = tile.gate + 3 * i;
        h[i] = 0.0f;
        end[i] = fn_length(scan, tile, sample);
        if (!fn_has(tile, sample)) continue;
        if (a.initialHidden) h[i] = a.initialHidden[fn_row(scan, tile, 0, sample) * units + unit];
        a.hidden[fn_row(scan, tile, fn_before(scan, 0), sample) * units + unit] = h[i];
        state[sample * tile.depth + unit] = h[i];
    }

    float x[A][S];
    int ends[S];
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
                if (tile.gate < 2)
                {
                    FN_UNROLL
                    for (int s = 0; s < S; s++) sum[s] = fn_sigmoid(x[turn][s] + sum[s]);
                }

                FN_UNROLL
                for (int s = 0; s < S; s++)
                {
                    if (at >= ends[s]) sum[s] = 0.0f;
                    gates[s * tile.columns + tile.column] = sum[s];
                    const unsigned row = fn_row(scan, tile, at, s);
                    if (tile.gate < 2)
                    {
                        if (s < tile.count) a.gates[row * tile.columns + tile.column] = sum[s];
                    }
                    else
                    {
                        inputs[s * units + unit] = x[turn][s];
                        if (s < tile.count) a.candidate[row * units + unit] = sum[s];
                    }

                    x[turn][s] = input(step + A, s);
                }
            }

            fn_sync();
            FN_UNROLL
            for (int i = 0; i < Items; i++)
            {
                const int sample = tile.gate + 3 * i;
                if (!fn_has(tile, sample)) continue;
                float n = 0.0f;
                if (at < end[i])
                {
                    const float* const g = gates + sample * tile.columns + unit;
                    n = fn_tanh(fn_fma(g[0], g[2 * units], inputs[sample * units + unit]));
                    h[i] = fn_fma(g[units], h[i] - n, n);
                    state[sample * tile.depth + unit] = h[i];
                }

                a.gates[fn_row(scan, tile, at, sample) * tile.columns + 2 * units + unit] = n;
                a.hidden[fn_row(scan, tile, fn_after(scan, step), sample) * units + unit] = h[i];
            }

            fn_sync();
        }
    }
}

FN_KERNEL_COOPERATIVE(128, fn_gru_forward_small, FnGruForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_forward<32, 1, 4>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_gru_forward_one, FnGruForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_forward<64, 1, 2>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_gru_forward_four, FnGruForwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_forward<40, 4, 1>(a, (float*)shared);
}

struct FnGruBackwardArgs
{
    const float* dHidden;     // [time, batch, units], or null
    const float* dLastHidden; // [batch, units], or null
    float* gates;             // [time, batch, 3 units]: r, z, n on entry, the gradients of x W + b on exit
    const float* candidate;   // [time, batch, units]
    const float* hidden;      // [time + 1, batch, units]
    const float* kernel;      // U, [units, 3 units]; transposed within each gate but for the small kernel
    float* dRecurrent;        // [time, batch, 3 units]: the gradients of the product
    float* dInitialHidden;    // [batch, units], or null
    FnScan scan;
    int truncate;
};

// What a step's gradients are computed from, beside the next step's.
struct FnGruSaved
{
    float r, z, n;
    float product; // behind n
    float before;  // h before the step
    float dh;      // the share of the layer above
};

struct FnGruGradient
{
    float r, z, n;
    float product; // behind n
};

// The gradients of one unit; dh on entry that of h behind the step, on exit what reaches h before it past the product.
FN_DEVICE FnGruGradient fn_gru_gradient(const FnGruSaved& v, float& dh)
{
    const float rest = 1.0f - v.z;
    const float dn = dh * rest * fn_fma(-v.n, v.n, 1.0f);
    const float past = dh * v.z;
    const float dproduct = dn * v.r;
    const FnGruGradient d = {dproduct * v.product * (1.0f - v.r), past * (v.before - v.n) * rest, dn, dproduct};
    dh = past;
    return d;
}

FN_DEVICE FnGruSaved fn_gru_saved(const FnGruBackwardArgs& a, unsigned row, unsigned before, int units, int unit)
{
    const unsigned gates = row * 3 * units + unit, state = row * units + unit;
    return FnGruSaved{
        a.gates[gates], a.gates[gates + units], a.gates[gates + 2 * units], a.candidate[state],
        a.hidden[before * units + unit], a.dHidden ? a.dHidden[state] : 0.0f};
}

template <int R, int S, int A>
FN_DEVICE void fn_gru_backward(const FnGruBackwardArgs& a, float* shared)
{
    constexpr int Items = FnTile<3, R, S>::Items;
    const FnScan& scan = a.scan;
    const FnTile<3, R, S> tile = fn_tile<3, R, S>(scan);
    const int units = tile.units, unit = tile.unit, depth = tile.depth;
    float* const dz = shared;                  // [S, 3, depth]: the gradients of the product
    float* const parts = dz + S * 3 * depth;   // [S, columns]: each gate's share of dh
    FnColumn<R> w;
    if constexpr (R == 32) fn_load_transposed(a.kernel, tile, shared, w);
    else fn_load_column(a.kernel, tile, parts + S * tile.columns, w);
    fn_clear_shared(dz, S * 3 * depth);

    float dh[Items]; // what reaches the state past the product
    int end[Items];
    FnGruSaved v[A][Items];
    const auto saved = [&](int step, int sample)
    {
        return fn_gru_saved(a, fn_row(scan, tile, fn_at(scan, step), sample), fn_row(scan, tile, fn_before(scan, step), sample), units, unit);
    };
    FN_UNROLL
    for (int i = 0; i < Items; i++)
    {
        const int sample = tile.gate + 3 * i;
        dh[i] = 0.0f;
        end[i] = fn_length(scan, tile, sample);
        FN_UNROLL
        for (int turn = 0; turn < A; turn++) v[turn][i] = {};
        if (!fn_has(tile, sample)) continue;
        if (a.dLastHidden) dh[i] = a.dLastHidden[fn_row(scan, tile, 0, sample) * units + unit];
        FN_UNROLL
        for (int turn = 0; turn < A; turn++)
        {
            if (turn < scan.time) v[turn][i] = saved(scan.time - 1 - turn, sample);
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
            FN_UNROLL
            for (int i = 0; i < Items; i++)
            {
                const int sample = tile.gate + 3 * i;
                if (!fn_has(tile, sample)) continue;
                const float* const p = parts + sample * tile.columns + unit;
                if (flows) dh[i] += p[0] + p[units] + p[2 * units];
                dh[i] += v[turn][i].dh;
                FnGruGradient d = {};
                if (at < end[i]) d = fn_gru_gradient(v[turn][i], dh[i]);
                float* const near = dz + sample * 3 * depth + unit;
                near[0] = d.r;
                near[depth] = d.z;
                near[2 * depth] = d.product;
                const unsigned far = fn_row(scan, tile, at, sample) * tile.columns + unit;
                a.gates[far] = d.r;
                a.gates[far + units] = d.z;
                a.gates[far + 2 * units] = d.n;
                a.dRecurrent[far] = d.r;
                a.dRecurrent[far + units] = d.z;
                a.dRecurrent[far + 2 * units] = d.product;
                if (cut) dh[i] = 0.0f;
                if (step >= A) v[turn][i] = saved(step - A, sample);
            }

            fn_sync();
            flows = !cut && (step > 0 || a.dInitialHidden);
            if (!flows) continue;
            if (tile.active)
            {
                float sum[S];
                FN_UNROLL
                for (int s = 0; s < S; s++) sum[s] = 0.0f;
                fn_multiply(w, tile, dz + tile.gate * depth, 3 * depth, sum);
                FN_UNROLL
                for (int s = 0; s < S; s++) parts[s * tile.columns + tile.column] = sum[s];
            }

            fn_sync();
        }
    }

    if (!a.dInitialHidden) return;
    FN_UNROLL
    for (int i = 0; i < Items; i++)
    {
        const int sample = tile.gate + 3 * i;
        if (!fn_has(tile, sample)) continue;
        const float* const p = parts + sample * tile.columns + unit;
        if (flows) dh[i] += p[0] + p[units] + p[2 * units];
        a.dInitialHidden[fn_row(scan, tile, 0, sample) * units + unit] = dh[i];
    }
}

FN_KERNEL_COOPERATIVE(128, fn_gru_backward_small, FnGruBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_backward<32, 1, 2>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_gru_backward_one, FnGruBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_backward<64, 1, 1>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(512, fn_gru_backward_four, FnGruBackwardArgs)
{
    FN_SHARED_DYNAMIC(FnFloat4, shared);
    fn_gru_backward<40, 4, 1>(a, (float*)shared);
}

FN_KERNEL_COOPERATIVE(256, fn_gru_transpose, FnTransposeArgs)
{
    FN_SHARED(float, square, 32 * 33);
    fn_transpose_gates(a, square);
}

struct FnGruForwardStepArgs
{
    float* gates;           // [batch, 3 units] of the step: x W + b on entry, r, z, n on exit
    const float* product;   // h U, [batch, 3 units], or null for 0
    const float* bias;      // [3 units], or null
    const float* oldHidden; // [batch, units]
    float* newHidden;       // [batch, units]
    float* candidate;       // [batch, units] of the step
    const int* lengths;     // [batch], or null
    int at;
    int batch;
    int units;
};

FN_KERNEL(256, fn_gru_forward_step, FnGruForwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        const unsigned sample = item / units, unit = item - sample * units;
        const unsigned place = sample * 3 * units + unit;
        float* const gates = a.gates + place;
        float r = 0.0f, z = 0.0f, n = 0.0f, product = 0.0f, h = a.oldHidden[item];
        if (!a.lengths || a.at < a.lengths[sample])
        {
            if (a.product)
            {
                r = a.product[place];
                z = a.product[place + units];
                product = a.product[place + 2 * units];
            }

            if (a.bias)
            {
                r += a.bias[unit];
                z += a.bias[units + unit];
                product += a.bias[2 * units + unit];
            }

            r = fn_sigmoid(gates[0] + r);
            z = fn_sigmoid(gates[units] + z);
            n = fn_tanh(fn_fma(r, product, gates[2 * units]));
            h = fn_fma(z, h - n, n);
        }

        gates[0] = r;
        gates[units] = z;
        gates[2 * units] = n;
        a.candidate[item] = product;
        a.newHidden[item] = h;
    }
}

struct FnGruBackwardStepArgs
{
    const float* dHidden;   // [batch, units] of the step, or null
    const float* dNext;     // [batch, units]: dh by the step after it, or null for 0
    float* gates;           // [batch, 3 units] of the step: r, z, n on entry, the gradients of x W + b on exit
    const float* candidate; // [batch, units] of the step
    const float* oldHidden; // [batch, units]
    const int* lengths;     // [batch], or null
    float* dRecurrent;      // [batch, 3 units] of the step
    float* dPast;           // [batch, units]: what reaches the state before the step past the product, may be dNext; or null
    int at;
    int batch;
    int units;
};

FN_KERNEL(256, fn_gru_backward_step, FnGruBackwardStepArgs)
{
    const unsigned units = (unsigned)a.units, count = (unsigned)a.batch * units;
    for (unsigned item = fn_first_item(); item < count; item += fn_all_threads())
    {
        const unsigned sample = item / units, unit = item - sample * units;
        const unsigned place = sample * 3 * units + unit;
        float* const gates = a.gates + place;
        float* const dRecurrent = a.dRecurrent + place;
        float dh = a.dNext ? a.dNext[item] : 0.0f;
        if (a.dHidden) dh += a.dHidden[item];
        FnGruGradient d = {};
        if (!a.lengths || a.at < a.lengths[sample])
        {
            const FnGruSaved v = {gates[0], gates[units], gates[2 * units], a.candidate[item], a.oldHidden[item], 0.0f};
            d = fn_gru_gradient(v, dh);
        }

        gates[0] = d.r;
        gates[units] = d.z;
        gates[2 * units] = d.n;
        dRecurrent[0] = d.r;
        dRecurrent[units] = d.z;
        dRecurrent[2 * units] = d.product;
        if (a.dPast) a.dPast[item] = dh;
    }
}
