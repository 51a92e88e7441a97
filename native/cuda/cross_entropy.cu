// Softmax with cross-entropy, plain and focal: rows' losses, the batch's loss, its gradient, probabilities. A row is the work of some lanes of a warp where
// classes are few, a block's where they are many; of the focal loss a warp's.
//
// With p = softmax(z) and a[c] = w[c] * ((1 - s) * t[c] + s / classes) a row's loss is the sum of a[c] * (1 - p[c])^gamma * -log(p[c]). The
// gradient is that of the batch's loss: what the mean divides by must be known first, by the host, by a count in each block, or by a launch before.
#include "common/double_functions.cuh"
#include "common/functions.cuh"
#include "common/last_block.cuh"
#include "common/teams.cuh"

struct FnCrossEntropyArgs
{
    const float* logits;  // z, [rows, classes]
    const int* indices;   // [rows], or null
    const float* values;  // t, [rows, classes], or null
    const float* weights; // w, [classes], or null
    const int* lengths;   // [rows / steps], or null
    float* losses;        // [rows]
    float* total;         // [1]
    float* gradient;      // [rows, classes], may be the logits; or null
    float* probabilities; // [rows, classes], may be the logits where there is no gradient; or null
    double* divisor;      // [1]: where a launch before counts; or null
    double* partials;     // [blocks]
    unsigned* counter;
    double known;  // the divisor where the host knows it, else 0
    double kept;   // 1 - s
    double smooth; // s / classes
    double gamma;
    int rows;
    int steps; // rows of a sample
    int classes;
    int ignore_missing;
    int lanes; // on a row, a power of two up to 32: where a block isn't
};

FN_DEVICE bool fn_has_row(const FnCrossEntropyArgs& a, int row) { return !a.lengths || row % a.steps < a.lengths[row / a.steps]; }

// A row's class; -1 where it is none of the classes, which are not counted.
FN_DEVICE int fn_class_of(const FnCrossEntropyArgs& a, int row)
{
    const int index = a.indices[row];
    return (unsigned)index < (unsigned)a.classes ? index : -1;
}

// What a row adds to the divisor; of values only where none can be missing.
FN_DEVICE double fn_row_weight(const FnCrossEntropyArgs& a, int row)
{
    if (!fn_has_row(a, row)) return 0.0;
    if (!a.indices) return 1.0;
    const int own = fn_class_of(a, row);
    return own < 0 ? 0.0 : a.weights ? (double)a.weights[own] : 1.0;
}

// Whether any of a row's values is missing; none of a row without classes is.
template <class Team> FN_DEVICE bool fn_is_missing(Team team, const float* t, int classes)
{
    float missing = 0.0f;
    for (int i = fn_rank(team); i < classes; i += fn_members(team)) missing = fn_is_nan(t[i]) ? 1.0f : missing;
    return fn_team_max(team, missing) != 0.0f;
}

// The divisor, in a launch of its own: where there are many rows, or any of their values may be missing.
FN_KERNEL_COOPERATIVE(256, fn_cross_entropy_count, FnCrossEntropyArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    double sum = 0.0;
    if (a.values && a.ignore_missing)
    {
        const FnLanesTeam team = {a.lanes};
        const int own = fn_team_of_warp(team);
        for (int first = fn_team(team) - own; first < a.rows; first += fn_teams(team))
        {
            const int row = first + own;
            const bool there = row < a.rows && fn_has_row(a, row);
            const bool missing = fn_is_missing(team, a.values + (fn_i64)row * a.classes, there ? a.classes : 0);
            if (there && !missing && fn_rank(team) == 0) sum += 1.0;
        }
    }
    else
    {
        for (fn_i64 row = (fn_i64)FN_BLOCK_X * FN_THREADS + FN_THREAD; row < a.rows; row += (fn_i64)FN_BLOCKS_X * FN_THREADS) sum += fn_row_weight(a, (int)row);
    }

    sum = fn_block_sum(sum, scratch);
    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = sum;
    if (!fn_is_last_block(a.counter, flag)) return;
    sum = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    if (FN_THREAD == 0) *a.divisor = sum;
}

struct FnRow
{
    const float* z;
    const float* t; // null for class indices
    float* d;
    float* p;
    int classes; // 0 behind the last row
    int own;     // the class, or -1
};

// The largest logit; one that is no number spoils the sums instead.
template <class Team> FN_DEVICE float fn_largest_logit(Team team, const FnRow& row)
{
    float largest = -FN_INFINITY;
    for (int i = fn_rank(team); i < row.classes; i += fn_members(team)) largest = fn_at_least(largest, row.z[i]);
    return fn_team_max(team, largest);
}

// The sum of e^(z - largest) but for one class.
template <class Team> FN_DEVICE double fn_sum_exponentials(Team team, const FnRow& row, float largest, int but)
{
    FnLongSum sum = {};
    for (int i = fn_rank(team); i < row.classes; i += fn_members(team)) fn_add(&sum, i == but ? 0.0f : fn_exp(row.z[i] - largest));
    return fn_team_sum(team, fn_value(sum));
}

// The part of a[c] that lies on every class: all of it for values, what smoothing spreads for class indices.
FN_DEVICE float fn_spread(const FnCrossEntropyArgs& a, const FnRow& row, int i)
{
    const float share = row.t ? fn_fma((float)a.kept, row.t[i], (float)a.smooth) : (float)a.smooth;
    return a.weights ? a.weights[i] * share : share;
}

struct FnPlainLoss
{
};

// Plain cross-entropy: -log(p) is log(sum) - (z - max). A row that does not count has probabilities, and no loss and no gradient. What steers here
// exchanges between lanes is the same for all rows.
template <class Team> FN_DEVICE float fn_row_loss(FnPlainLoss, const FnCrossEntropyArgs& a, Team team, const FnRow& row, bool counts, double scale)
{
    const float largest = fn_largest_logit(team, row);
    const double own = row.own < 0 ? 0.0 : a.weights ? a.kept * a.weights[row.own] : a.kept;
    double weight = own;
    double weighted = own == 0.0 ? 0.0 : own * (double)(row.z[row.own] - largest);
    const bool spreads = row.t || a.smooth != 0.0;
    if (spreads)
    {
        FnLongSum shares = {}, products = {};
        for (int i = fn_rank(team); i < row.classes; i += fn_members(team))
        {
            const float share = fn_spread(a, row, i);
            fn_add(&shares, share);
            // A class without weight adds nothing, be it impossible.
            fn_add(&products, fn_abs(share) > 0.0f ? share * (row.z[i] - largest) : 0.0f);
        }

        weight += fn_team_sum(team, fn_value(shares));
        weighted += fn_team_sum(team, fn_value(products));
    }

    const float sum = (float)fn_sum_exponentials(team, row, largest, -1);
    const float inverse = fn_divide(1.0f, sum);
    const float slope = fn_divide((float)(weight * scale), sum);
    const float own_slope = (float)(own * scale);
    const bool slopes = counts && scale != 0.0;
    // Before the loop below, in which it then is one register instead of five.
    const float loss = counts ? (float)(weight * (double)fn_log(sum) - weighted) : 0.0f;
    // All have read the class's logit before any puts a gradient in its place.
    fn_team_sync(team);
    for (int i = fn_rank(team); i < row.classes && (row.d || row.p); i += fn_members(team))
    {
        const float e = fn_exp(row.z[i] - largest);
        if (row.p) row.p[i] = e * inverse;
        if (!row.d) continue;
        float d = slope * e;
        if (spreads) d = fn_fma(-(float)scale, fn_spread(a, row, i), d);
        if (i == row.own && own != 0.0) d -= own_slope;
        // Not a product with 0: that of an infinite or undefined slope is not 0.
        row.d[i] = slopes ? d : 0.0f;
    }

    return loss;
}

struct FnFocalTerm
{
    double loss;
    double g;
};

// A class's term of the focal loss, and g, p times its derivative by p, with q = 1 - p: the term is a q^gamma (-log p), g is
// a q^gamma (gamma p log(p) / q - 1), the gradient by z[k] is g[k] - p[k] * sum(g).
FN_DEVICE_CALLED FnFocalTerm fn_focal(double gamma, double a, double p, double q, double log_p)
{
    // Without weight nothing, even of an impossible class; a certain class has q = 0, and all its terms vanish.
    if (a == 0.0 || q == 0.0) return FnFocalTerm{0.0, 0.0};
    const double power = gamma == 1.0 ? q : gamma == 2.0 ? q * q : fn_exp(gamma * fn_log(q));
    // p log(p) goes to 0 with p.
    return FnFocalTerm{-a * power * log_p, a * power * ((p == 0.0 ? 0.0 : gamma * p * log_p / q) - 1.0)};
}

// The focal loss where a[c] is 0 but for the row's own class: one class in double precision, the others as exponentials.
template <class Team> FN_DEVICE float fn_focal_own(const FnCrossEntropyArgs& a, Team team, const FnRow& row, double scale)
{
    const float largest = fn_largest_logit(team, row);
    const double shifted = (double)row.z[row.own] - (double)largest;
    // The others are summed apart: 1 - p of a class that is all but certain is their share, and no difference.
    const double others = fn_sum_exponentials(team, row, largest, row.own);
    const double own = fn_exp(shifted);
    const double sum = others + own;
    const double log_p = shifted == 0.0 ? -fn_log_one_plus(others) : shifted - fn_log(sum);
    const double q = others / sum;
    const FnFocalTerm term = fn_focal(a.gamma, a.weights ? a.kept * a.weights[row.own] : a.kept, own / sum, q, log_p);
    if (!row.d && !row.p) return (float)term.loss;
    const float inverse = (float)(1.0 / sum);
    const float slope = (float)(-term.g * scale / sum);
    const float own_slope = (float)(term.g * q * scale);
    fn_team_sync(team);
    for (int i = fn_rank(team); i < row.classes; i += fn_members(team))
    {
        const float e = i == row.own ? (float)own : fn_exp(row.z[i] - largest);
        if (row.p) row.p[i] = e * inverse;
        if (row.d) row.d[i] = scale == 0.0 ? 0.0f : i == row.own ? own_slope : slope * e;
    }

    return (float)term.loss;
}

// The softmax of a row in double precision, with 1 - p of the largest accurate however small it is.
struct FnFocalRow
{
    double largest;
    double others;
    double sum;
    double log_sum;
};

struct FnFocalClass
{
    double p;
    FnFocalTerm term;
};

FN_DEVICE FnFocalClass fn_focal_class(const FnCrossEntropyArgs& a, const FnRow& row, const FnFocalRow& softmax, int i)
{
    const double shifted = (double)row.z[i] - softmax.largest;
    const double p = fn_exp(shifted) / softmax.sum;
    // Of several that are the largest this is 1 - p too.
    const double q = (double)row.z[i] == softmax.largest ? softmax.others / softmax.sum : 1.0 - p;
    const double t = row.t ? (double)row.t[i] : i == row.own ? 1.0 : 0.0;
    const double share = a.kept * t + a.smooth;
    return FnFocalClass{p, fn_focal(a.gamma, a.weights ? share * a.weights[i] : share, p, q, shifted - softmax.log_sum)};
}

// The focal loss where every class may have a term: in double precision, the terms made twice instead of kept.
template <class Team> FN_DEVICE float fn_focal_spread(const FnCrossEntropyArgs& a, Team team, const FnRow& row, double scale)
{
    const float largest = fn_largest_logit(team, row);
    double smaller = 0.0, equal = 0.0;
    for (int i = fn_rank(team); i < row.classes; i += fn_members(team))
    {
        if (row.z[i] == largest) equal += 1.0;
        else smaller += fn_exp((double)row.z[i] - (double)largest);
    }

    // All but one of the largest.
    const double others = fn_team_sum(team, smaller) + (fn_team_sum(team, equal) - 1.0);
    const FnFocalRow softmax = {(double)largest, others, 1.0 + others, fn_log_one_plus(others)};
    double loss = 0.0, slopes = 0.0;
    for (int i = fn_rank(team); i < row.classes; i += fn_members(team))
    {
        const FnFocalTerm term = fn_focal_class(a, row, softmax, i).term;
        loss += term.loss;
        slopes += term.g;
    }

    loss = fn_team_sum(team, loss);
    slopes = fn_team_sum(team, slopes);
    for (int i = fn_rank(team); i < row.classes && (row.d || row.p); i += fn_members(team))
    {
        const FnFocalClass c = fn_focal_class(a, row, softmax, i);
        if (row.p) row.p[i] = (float)c.p;
        if (row.d) row.d[i] = scale == 0.0 ? 0.0f : (float)(scale * (c.term.g - c.p * slopes));
    }

    return (float)loss;
}

struct FnFocalLoss
{
};

template <class Team> FN_DEVICE float fn_row_loss(FnFocalLoss, const FnCrossEntropyArgs& a, Team team, const FnRow& row, bool counts, double scale)
{
    if (!counts) return fn_row_loss(FnPlainLoss{}, a, team, row, false, scale);
    return row.t || a.smooth != 0.0 ? fn_focal_spread(a, team, row, scale) : fn_focal_own(a, team, row, scale);
}

// All rows of the team, and the batch's loss by the last block.
template <class Loss, class Team> FN_DEVICE void fn_cross_entropy_rows(Loss kind, const FnCrossEntropyArgs& a, Team team, double* scratch, int* flag)
{
    double divisor = a.known;
    if (a.divisor)
    {
        divisor = *a.divisor;
    }
    else if (divisor == 0.0)
    {
        for (int row = FN_THREAD; row < a.rows; row += FN_THREADS) divisor += fn_row_weight(a, row);
        divisor = fn_block_sum(divisor, scratch);
        fn_sync();
    }

    const double scale = divisor == 0.0 ? 0.0 : 1.0 / divisor;
    double sum = 0.0;
    const int place = fn_team_of_warp(team);
    for (int first = fn_team(team) - place; first < a.rows; first += fn_teams(team))
    {
        const int r = first + place;
        const bool there = r < a.rows;
        const fn_i64 offset = (fn_i64)r * a.classes;
        FnRow row = {a.logits + offset, a.values ? a.values + offset : nullptr, a.gradient ? a.gradient + offset : nullptr,
            a.probabilities ? a.probabilities + offset : nullptr, there ? a.classes : 0, -1};
        bool counts = there && fn_has_row(a, r);
        if (counts && a.indices)
        {
            row.own = fn_class_of(a, r);
            counts = row.own >= 0;
        }

        if (row.t && a.ignore_missing) counts = !fn_is_missing(team, row.t, row.classes) && counts;
        const float loss = fn_row_loss(kind, a, team, row, counts, scale);
        if (fn_rank(team) != 0 || !there) continue;
        a.losses[r] = loss;
        sum += (double)loss;
    }

    sum = fn_block_sum(sum, scratch);
    if (FN_THREAD == 0) a.partials[FN_BLOCK_X] = sum;
    if (!fn_is_last_block(a.counter, flag)) return;
    sum = fn_sum_parts(a.partials, FN_BLOCKS_X, scratch);
    if (FN_THREAD == 0) *a.total = scale == 0.0 ? 0.0f : (float)(sum / divisor);
}

FN_KERNEL_COOPERATIVE(256, fn_cross_entropy, FnCrossEntropyArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    fn_cross_entropy_rows(FnPlainLoss{}, a, FnLanesTeam{a.lanes}, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_cross_entropy_long, FnCrossEntropyArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(float, maxima, 8);
    FN_SHARED(int, flag, 1);
    fn_cross_entropy_rows(FnPlainLoss{}, a, FnBlockTeam{scratch, maxima}, scratch, flag);
}

FN_KERNEL_COOPERATIVE(256, fn_focal_loss, FnCrossEntropyArgs)
{
    FN_SHARED(double, scratch, 8);
    FN_SHARED(int, flag, 1);
    fn_cross_entropy_rows(FnFocalLoss{}, a, FnWarpTeam{}, scratch, flag);
}
