using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;

/// <summary>Before all tests: networks live on the GPU, so that the tests of networks that are compiled in from the engine's tests run there.</summary>
/// <remarks>Outside any namespace, because a set-up is for the tests of its namespace.</remarks>
[SetUpFixture]
public sealed class OnTheGpu
{
    private FastNets.Device? _before;

    [OneTimeSetUp]
    public void ChooseTheGpu()
    {
        _before = FastNets.Device.Default;
        if (TestGpu.Find() is { } gpu) FastNets.Device.Default = gpu;
    }

    [OneTimeTearDown]
    public void ChooseWhatWas() => FastNets.Device.Default = _before!;
}
