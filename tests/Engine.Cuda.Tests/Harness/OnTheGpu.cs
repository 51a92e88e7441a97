using FastNets.Engine.Cuda.Tests.Harness;
using NUnit.Framework;

namespace FastNets.Engine.Tests;

/// <summary>The tests that are compiled in from the engine's own run with all networks on the GPU; they are skipped, with the reason, where there is none.</summary>
[SetUpFixture]
public sealed class OnTheGpu
{
    private Device _before = null!;

    [OneTimeSetUp]
    public void ChooseTheGpu()
    {
        _before = Device.Default;
        Device.Default = TestGpu.Require();
    }

    [OneTimeTearDown]
    public void ChooseWhatWas() => Device.Default = _before;
}
