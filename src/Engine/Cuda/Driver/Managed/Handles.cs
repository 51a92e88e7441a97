using ManagedCuda.BasicTypes;

namespace FastNets.Cuda.Driver;

/// <summary>The package's types around the numbers that this binding is written in.</summary>
internal static class Handles
{
    public static CUdevice Device(int device) => new() { Pointer = device };

    public static CUcontext Context(nint context) => new() { Pointer = context };

    public static CUmodule Module(nint module) => new() { Pointer = module };

    public static CUfunction Function(nint function) => new() { Pointer = function };

    public static CUstream Stream(nint stream) => new() { Pointer = stream };

    public static CUevent Event(nint happening) => new() { Pointer = happening };

    public static CUgraph Graph(nint graph) => new() { Pointer = graph };

    public static CUgraphExec GraphExec(nint executable) => new() { Pointer = executable };

    public static CUdeviceptr Address(ulong address) => new() { Pointer = address };
}
