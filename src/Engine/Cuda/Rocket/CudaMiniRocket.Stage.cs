using FastNets.Cuda.Driver;
using FastNets.Cuda.Kernels;
using FastNets.Threading;

namespace FastNets.Cuda.Rocket;

internal sealed unsafe partial class CudaMiniRocket
{
    /// <summary>What one chunk goes through: a stream, and memory on both sides that grows to the largest chunk.</summary>
    private sealed class Stage(CudaContext context) : IDisposable
    {
        // The chunk's values begin at a multiple of this.
        private const long Alignment = 16;

        private PinnedMemory? _hostInput;
        private DeviceMemory? _input;
        private DeviceMemory? _output;
        private PinnedMemory? _hostOutput;
        private byte* _target;
        private long _targetBytes;

        public CudaStream Stream { get; } = new(context);

        /// <summary>Sends series, one behind the other, where lengths differ behind a list of where each begins and how long it is.</summary>
        /// <returns>The longest one's steps.</returns>
        public int Send(in Source source, int first, int count, int channels, ref MiniRocketArguments arguments)
        {
            int shortest = int.MaxValue, longest = 0;
            long values = 0;
            for (int row = first; row < first + count; row++)
            {
                int length = source.LengthOf(row);
                (shortest, longest) = (Math.Min(shortest, length), Math.Max(longest, length));
                values += (long)channels * length;
            }

            long listed = shortest == longest ? 0 : count;
            long lengthsAt = listed * sizeof(long);
            long valuesAt = (lengthsAt + (listed * sizeof(int)) + Alignment - 1) / Alignment * Alignment;
            long bytes = valuesAt + (values * sizeof(float));
            Grow(ref _hostInput, bytes);
            Grow(ref _input, bytes);
            var host = (byte*)_hostInput!.Address;
            long at = 0;
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<float> series = source.Series(first + row);
                series.CopyTo(new Span<float>((float*)(host + valuesAt) + at, series.Length));
                if (listed > 0)
                {
                    ((long*)host)[row] = at;
                    ((int*)(host + lengthsAt))[row] = series.Length / channels;
                }

                at += series.Length;
            }

            Stream.CopyToDevice(host, _input!.Address, bytes);
            arguments.X = _input.Address + (ulong)valuesAt;
            arguments.Length = longest;
            if (listed == 0) return longest;
            arguments.Offsets = _input.Address;
            arguments.Lengths = _input.Address + (ulong)lengthsAt;
            return longest;
        }

        /// <summary>Device memory for the chunk's features.</summary>
        public ulong Output(long bytes)
        {
            Grow(ref _output, bytes);
            return _output!.Address;
        }

        /// <summary>Enqueues the way back of what is in the output.</summary>
        public void Fetch(byte* target, long bytes)
        {
            Grow(ref _hostOutput, bytes);
            Stream.CopyToHost(_output!.Address, _hostOutput!.Address, bytes);
            _target = target;
            _targetBytes = bytes;
        }

        /// <summary>Waits for the chunk, and brings its features to where they belong.</summary>
        public void Finish()
        {
            Stream.Synchronize();
            if (_targetBytes == 0) return;
            var body = new CopyBody((byte*)_hostOutput!.Address, _target, _targetBytes);
            WorkerPool.Run(body.Items, body);
            _targetBytes = 0;
        }

        /// <summary>Waits after a failure, so that no copy comes later than its memory's end.</summary>
        public void Abandon()
        {
            _targetBytes = 0;
            try
            {
                Stream.Synchronize();
            }
            catch (CudaException)
            {
                // The failure that led here, once more; a context that it broke copies nothing any more.
            }
        }

        public void Dispose()
        {
            Stream.Dispose();
            _hostInput?.Dispose();
            _input?.Dispose();
            _output?.Dispose();
            _hostOutput?.Dispose();
        }

        private void Grow(ref DeviceMemory? memory, long bytes)
        {
            if (memory?.Bytes >= bytes) return;
            memory?.Dispose();
            memory = null;
            memory = new DeviceMemory(context, bytes);
        }

        private void Grow(ref PinnedMemory? memory, long bytes)
        {
            if (memory?.Bytes >= bytes) return;
            memory?.Dispose();
            memory = null;
            memory = new PinnedMemory(context, bytes);
        }
    }

    // One thread copies more slowly than a device sends.
    private readonly struct CopyBody(byte* from, byte* to, long bytes) : IParallelBody
    {
        private const long Part = 1 << 20;

        public int Items => (int)((bytes + Part - 1) / Part);

        public void Invoke(int item)
        {
            long first = item * Part;
            long length = Math.Min(Part, bytes - first);
            Buffer.MemoryCopy(from + first, to + first, length, length);
        }
    }
}
