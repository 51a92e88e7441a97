using ManagedCuda;
using ManagedCuda.BasicTypes;

namespace FastNets.Cuda.Driver;

internal static unsafe partial class CudaDriver
{
    public static CudaResult StreamCreate(out nint stream, CudaStreamFlags flags)
    {
        CUstream made = default;
        var result = (CudaResult)DriverAPINativeMethods.Streams.cuStreamCreate(ref made, (CUStreamFlags)flags);
        stream = made.Pointer;
        return result;
    }

    public static CudaResult StreamDestroy(nint stream) => (CudaResult)DriverAPINativeMethods.Streams.cuStreamDestroy_v2(Handles.Stream(stream));

    public static CudaResult StreamSynchronize(nint stream) => (CudaResult)DriverAPINativeMethods.Streams.cuStreamSynchronize(Handles.Stream(stream));

    public static CudaResult StreamWaitEvent(nint stream, nint happening, uint flags) =>
        (CudaResult)DriverAPINativeMethods.Streams.cuStreamWaitEvent(Handles.Stream(stream), Handles.Event(happening), flags);

    public static CudaResult StreamBeginCapture(nint stream, CudaCaptureMode mode) =>
        (CudaResult)DriverAPINativeMethods.Streams.cuStreamBeginCapture(Handles.Stream(stream), (CUstreamCaptureMode)mode);

    public static CudaResult StreamEndCapture(nint stream, out nint graph)
    {
        CUgraph recorded = default;
        var result = (CudaResult)DriverAPINativeMethods.Streams.cuStreamEndCapture(Handles.Stream(stream), ref recorded);
        graph = recorded.Pointer;
        return result;
    }

    public static CudaResult EventCreate(out nint happening, CudaEventFlags flags)
    {
        CUevent made = default;
        var result = (CudaResult)DriverAPINativeMethods.Events.cuEventCreate(ref made, (CUEventFlags)flags);
        happening = made.Pointer;
        return result;
    }

    public static CudaResult EventRecord(nint happening, nint stream) => (CudaResult)DriverAPINativeMethods.Events.cuEventRecord(Handles.Event(happening), Handles.Stream(stream));

    public static CudaResult EventDestroy(nint happening) => (CudaResult)DriverAPINativeMethods.Events.cuEventDestroy_v2(Handles.Event(happening));

    public static CudaResult EventElapsedTime(out float milliseconds, nint start, nint end)
    {
        milliseconds = 0;
        // The package knows the first form only.
        return CudaLibraries.HasFirstElapsedTime
            ? (CudaResult)DriverAPINativeMethods.Events.cuEventElapsedTime(ref milliseconds, Handles.Event(start), Handles.Event(end))
            : CudaResult.NotSupported;
    }

    public static CudaResult GraphInstantiate(out nint executable, nint graph, ulong flags)
    {
        CUgraphExec made = default;
        var result = (CudaResult)DriverAPINativeMethods.GraphManagment.cuGraphInstantiate(ref made, Handles.Graph(graph), (CUgraphInstantiate_flags)flags);
        executable = made.Pointer;
        return result;
    }

    public static CudaResult GraphLaunch(nint executable, nint stream) =>
        (CudaResult)DriverAPINativeMethods.GraphManagment.cuGraphLaunch(Handles.GraphExec(executable), Handles.Stream(stream));

    public static CudaResult GraphExecDestroy(nint executable) => (CudaResult)DriverAPINativeMethods.GraphManagment.cuGraphExecDestroy(Handles.GraphExec(executable));

    public static CudaResult GraphDestroy(nint graph) => (CudaResult)DriverAPINativeMethods.GraphManagment.cuGraphDestroy(Handles.Graph(graph));
}
