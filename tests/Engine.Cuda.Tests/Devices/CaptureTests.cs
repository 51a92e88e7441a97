using FastNets.Cuda.Driver;
using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Devices;

/// <summary>Recordings, while other threads free what they have: calls that wait for the device would spoil them.</summary>
[NonParallelizable]
public sealed class CaptureTests
{
    private const int Bytes = 64;

    [Test]
    public void What_other_threads_free_waits_for_the_end_of_a_recording([Values("cuBLAS", "device memory", "pinned memory", "graph")] string what)
    {
        CudaContext context = CudaContext.Get(TestGpu.Require().Ordinal);
        using var stream = new CudaStream(context);
        using var memory = new DeviceMemory(context, Bytes);
        CudaObject freed = what switch
        {
            "cuBLAS" => new CublasHandle(stream),
            "device memory" => new DeviceMemory(context, Bytes),
            "pinned memory" => new PinnedMemory(context, Bytes),
            _ => Record(stream, memory, () => { }),
        };
        var elsewhere = new Thread(freed.Dispose);
        using CudaGraph graph = Record(
            stream,
            memory,
            () =>
            {
                elsewhere.Start();
                elsewhere.Join(TimeSpan.FromMilliseconds(100)).ShouldBeFalse();
            });
        elsewhere.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        stream.Launch(graph);
        stream.Synchronize();
    }

    [Test]
    public void A_recording_that_is_abandoned_lets_others_free()
    {
        CudaContext context = CudaContext.Get(TestGpu.Require().Ordinal);
        using var stream = new CudaStream(context);
        var memory = new DeviceMemory(context, Bytes);
        stream.BeginCapture();
        stream.Clear(memory.Address, Bytes);
        stream.AbandonCapture();
        stream.IsCapturing.ShouldBeFalse();
        Frees(memory);

        var another = new DeviceMemory(context, Bytes);
        var disposed = new CudaStream(context);
        disposed.BeginCapture();
        disposed.Dispose();
        Frees(another);
    }

    private static void Frees(DeviceMemory memory)
    {
        var elsewhere = new Thread(memory.Dispose);
        elsewhere.Start();
        elsewhere.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    private static CudaGraph Record(CudaStream stream, DeviceMemory memory, Action meanwhile)
    {
        stream.BeginCapture();
        try
        {
            stream.Clear(memory.Address, Bytes);
            meanwhile();
            return stream.EndCapture();
        }
        finally
        {
            stream.AbandonCapture();
        }
    }
}
