using FastNets.Kernels.Pointwise;
using FastNets.Kernels.Recurrent;
using FastNets.Memory;
using FastNets.Random;

namespace FastNets.Perf.Cases;

/// <summary>Recurrent layers over whole sequences, forward or backward through time, without the products before and after.</summary>
internal static class RecurrentCases
{
    public static IEnumerable<PerfCase> All { get; } =
    [
        .. Pair("lstm", 4, 32, 140, 128), .. Pair("lstm", 4, 1, 100, 32), .. Pair("lstm", 4, 64, 128, 256), .. Pair("lstm", 4, 1, 14, 100),
        .. Pair("lstm", 4, 8, 50, 10), .. Pair("gru", 3, 32, 140, 128), .. Pair("rnn", 1, 32, 140, 100),
    ];

    private static IEnumerable<PerfCase> Pair(string cell, int gates, int batch, int time, int units)
    {
        var rate = new PerfFigure("gflops", 2e-9 * time * batch * units * units * gates);
        string name = $"recurrent/{cell}_b{batch}_t{time}_h{units}";
        return
        [
            new PerfCase($"{name}_forward", () => new Scan(cell, gates, batch, time, units, backward: false), rate),
            new PerfCase($"{name}_backward", () => new Scan(cell, gates, batch, time, units, backward: true), rate),
        ];
    }

    /// <summary>What a pass leaves in place of its input is the next call's input: other numbers, the same work.</summary>
    private sealed class Scan : PreparedCase, IDisposable
    {
        private readonly string _cell;
        private readonly int _batch;
        private readonly int _time;
        private readonly int _units;
        private readonly bool _backward;
        private readonly AlignedBuffer _gates;
        private readonly AlignedBuffer _more;
        private readonly AlignedBuffer _kernel;
        private readonly AlignedBuffer _hidden;
        private readonly AlignedBuffer _cells;
        private readonly AlignedBuffer _dHidden;

        public Scan(string cell, int gates, int batch, int time, int units, bool backward)
        {
            (_cell, _batch, _time, _units, _backward) = (cell, batch, time, units, backward);
            _gates = Uniform(time * batch * gates * units, 0, 0.5f);
            _more = new AlignedBuffer(time * batch * gates * units);
            _kernel = Uniform(units * gates * units, 1, 0.1f);
            _hidden = new AlignedBuffer((time + 1) * batch * units);
            _cells = new AlignedBuffer((time + 1) * batch * units);
            _dHidden = Uniform(time * batch * units, 2, 0.1f);
            Forward();
        }

        public override void Run()
        {
            if (_backward) Backward();
            else Forward();
        }

        public void Dispose()
        {
            foreach (AlignedBuffer buffer in (AlignedBuffer[])[_gates, _more, _kernel, _hidden, _cells, _dHidden]) buffer.Dispose();
        }

        private static Span<float> All(AlignedBuffer buffer) => buffer.Span(0, (int)buffer.Length);

        private static AlignedBuffer Uniform(int count, ulong stream, float scale)
        {
            var buffer = new AlignedBuffer(count);
            var random = new PhiloxStream(seed: 0, stream);
            foreach (ref float value in All(buffer)) value = scale * (random.NextSingle() - 0.5f);
            return buffer;
        }

        private void Forward()
        {
            switch (_cell)
            {
                case "lstm":
                    RecurrentKernels.LstmForward(
                        All(_gates), All(_kernel), default, default, default, default, All(_hidden), All(_cells), _time, _batch, _units, reverse: false);
                    break;
                case "gru":
                    RecurrentKernels.GruForward(
                        All(_gates), All(_kernel), default, default, default, All(_cells), All(_hidden), _time, _batch, _units, reverse: false);
                    break;
                default:
                    RecurrentKernels.RnnForward<Tanh>(All(_gates), All(_kernel), default, default, default, All(_hidden), _time, _batch, _units, reverse: false);
                    break;
            }
        }

        private void Backward()
        {
            switch (_cell)
            {
                case "lstm":
                    RecurrentKernels.LstmBackward(
                        All(_dHidden), default, default, All(_gates), All(_cells), All(_kernel), default, default, default,
                        _time, _batch, _units, truncate: 0, reverse: false);
                    break;
                case "gru":
                    RecurrentKernels.GruBackward(
                        All(_dHidden), default, All(_gates), All(_cells), All(_hidden), All(_kernel), default, All(_more), default,
                        _time, _batch, _units, truncate: 0, reverse: false);
                    break;
                default:
                    RecurrentKernels.RnnBackward<Tanh>(
                        All(_dHidden), default, All(_hidden), All(_kernel), default, All(_more), default, _time, _batch, _units, truncate: 0, reverse: false);
                    break;
            }
        }
    }
}
