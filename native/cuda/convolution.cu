// Convolutions over the steps of series as matrix products: the windows of a series are laid out as the rows of a matrix (fn_windows), whose products with
// the kernel are cuBLAS's; the gradient by the input goes the other way, from rows back to steps (fn_gather).
//
// The rows would not have to be laid out, because those of adjacent windows overlap in memory, but cuBLAS takes no leading dimension
// that is smaller than a row.
#include "common/strides.cuh"

// Some rows of the matrix of windows, [batch * outputs, width, channels], and how they lie on the series.
struct FnWindowRows
{
    int first_row;
    int rows;
    int outputs; // windows of a series
    int length;
    int channels;
    int width;
    int stride;
    int dilation;
    int pad_left;
};

struct FnWindowsArgs
{
    const float* x; // [batch, length, channels]
    float* windows; // [rows, width, channels]
    FnWindowRows part;
    int unit; // numbers that are copied at a time: 4 where they are aligned and of one step, or 1
};

// Laid out in units of T.
template <class T> FN_DEVICE void fn_lay_out(const FnWindowsArgs& a)
{
    const int unit = (int)(sizeof(T) / sizeof(float));
    const unsigned channels = (unsigned)(a.part.channels / unit);
    const unsigned row_items = (unsigned)a.part.width * channels;
    fn_grid_strides(
        (fn_i64)a.part.rows * row_items,
        [&](fn_i64 item)
        {
            const unsigned row = (unsigned)item / row_items;
            const unsigned place = (unsigned)item - row * row_items;
            const unsigned tap = place / channels;
            const unsigned window = a.part.first_row + row;
            const unsigned series = window / a.part.outputs;
            const int step = (int)(window - series * a.part.outputs) * a.part.stride + (int)tap * a.part.dilation - a.part.pad_left;
            const fn_i64 from = ((fn_i64)series * a.part.length + step) * a.part.channels + (fn_i64)(place - tap * channels) * unit;
            T v = {};
            if (step >= 0 && step < a.part.length) v = *(const T*)(a.x + from);
            return v;
        },
        [&](fn_i64 item, T v) { ((T*)a.windows)[item] = v; });
}

// windows[b * outputs + t, w, c] = x[b, t * stride + w * dilation - padLeft, c], 0 outside the series, for some of the rows.
FN_KERNEL(256, fn_windows, FnWindowsArgs)
{
    if (a.unit == 4) fn_lay_out<FnFloat4>(a);
    else fn_lay_out<float>(a);
}

struct FnGatherArgs
{
    const float* windows; // [rows, width, channels]
    float* dx;            // [batch, length, channels]
    FnWindowRows part;
    int series;     // that have rows here
    int accumulate; // whether dx is added to
};

// dx[b, j, c] (+)= the sum of windows[b * outputs + t, w, c] over t and w with t * stride + w * dilation - padLeft = j, t ascending.
FN_KERNEL(256, fn_gather, FnGatherArgs)
{
    const int first_series = a.part.first_row / a.part.outputs;
    const unsigned series_items = (unsigned)a.part.length * a.part.channels;
    const unsigned items = a.series * series_items;
    for (unsigned item = (unsigned)FN_BLOCK_X * FN_THREADS + FN_THREAD; item < items; item += (unsigned)FN_BLOCKS_X * FN_THREADS)
    {
        const unsigned local = item / series_items;
        const unsigned place = item - local * series_items;
        const int step = (int)(place / a.part.channels);
        const int channel = (int)place - step * a.part.channels;
        const fn_i64 series = first_series + (fn_i64)local;

        // The series' windows that are here; a series' first windows may have been added before.
        const fn_i64 series_row = series * a.part.outputs - a.part.first_row;
        const int first = series_row < 0 ? (int)-series_row : 0;
        const int end = (int)(a.part.rows - series_row < a.part.outputs ? a.part.rows - series_row : a.part.outputs);
        float* dx = a.dx + series * series_items + place;
        float sum = a.accumulate || first > 0 ? *dx : 0.0f;
        fn_strides(
            a.part.width, 0, 1,
            [&](int back)
            {
                const int tap = a.part.width - 1 - back;
                const int reach = step + a.part.pad_left - tap * a.part.dilation;
                const int window = a.part.stride == 1 ? reach : reach / a.part.stride;
                const bool there = reach >= 0 && window * a.part.stride == reach && window >= first && window < end;
                return there ? a.windows[((series_row + window) * a.part.width + tap) * a.part.channels + channel] : 0.0f;
            },
            [&](int, float v) { sum += v; });

        *dx = sum;
    }
}
