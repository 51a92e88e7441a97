using FastNets.Backends;

namespace FastNets.Engine.Cuda.Tests.Harness;

/// <summary>Something to do on each backend.</summary>
internal interface IOperation
{
    /// <summary>Calls operations of the backend.</summary>
    void Run<TBackend>(TBackend backend)
        where TBackend : struct, IBackend;
}
