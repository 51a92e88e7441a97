using FastNets.Cuda;
using FastNets.Engine.Cuda.Tests.Harness;
using FastNets.Training.Optimizers;
using NUnit.Framework;
using Shouldly;
using static FastNets.Engine.Tests.Networks.NetworkCases;

namespace FastNets.Engine.Tests.Devices;

/// <summary>Failures of the driver: each gives the right error, leaks nothing, and leaves the process usable.</summary>
[NonParallelizable]
public sealed class FailureTests
{
    private const int Batch = 4;
    private const int OutOfMemory = 2;
    private const int LaunchFailed = 719;

    private string _before = "";

    [SetUp]
    public void RequireEmulator()
    {
        TestGpu.RequireEmulator();
        Train();
        _before = Emulator.Held();
    }

    [TearDown]
    public void Nothing_is_left_and_all_works()
    {
        if (!TestGpu.IsEmulated) return;
        Emulator.SetMemory(4ul << 30);
        Emulator.FailModules(0, "");

        // A context that a kernel has broken is given back when the next one is made.
        Train();
        Emulator.Held().ShouldBe(_before);
    }

    [Test]
    public void A_network_that_does_not_fit_stays_where_it_is()
    {
        using var network = new Mixed(maxBatch: Batch);
        network.MoveTo(Device.Cpu);
        Emulator.SetMemory((ulong)Emulator.Count(EmulatorCount.DeviceBytes) + 1000);
        CudaException error = Should.Throw<CudaException>(() => network.MoveTo(Device.Cuda(0)));
        error.IsOutOfMemory.ShouldBeTrue();
        error.Code.ShouldBe(OutOfMemory);
        error.Message.ShouldContain("free");
        network.Device.ShouldBe(Device.Cpu);
        Step(network).IsFinite.ShouldBeTrue();
    }

    // Objects that nobody refers to any more may hold what is missing.
    [Test]
    public void An_allocation_that_fails_is_tried_again_once_the_collector_has_run([Values("cuMemAlloc_v2", "cuMemHostAlloc")] string function)
    {
        int collections = GC.CollectionCount(GC.MaxGeneration);
        Emulator.FailCall(function, 1, OutOfMemory);
        Train();
        GC.CollectionCount(GC.MaxGeneration).ShouldBeGreaterThan(collections);
    }

    // Each allocation of a network's life on the GPU fails, and the second try of those that have one.
    [Test]
    public void Any_allocation_may_fail(
        [Values(
            "cuMemAlloc_v2", "cuMemHostAlloc", "cuStreamCreate", "cublasCreate_v2", "cuStreamBeginCapture_v2", "cuStreamEndCapture", "cuGraphInstantiateWithFlags", "cuLaunchKernel",
            "cuMemcpyHtoDAsync_v2")] string function)
    {
        int failures = 0;
        for (int nth = 1; ; nth++)
        {
            int code = function.StartsWith("cublas", StringComparison.Ordinal) ? 3 : OutOfMemory;
            Emulator.FailCall(function, nth, code);
            if (function is "cuMemAlloc_v2" or "cuMemHostAlloc") Emulator.FailCall(function, nth + 1, code);
            try
            {
                Train();
                break;
            }
            catch (Exception e) when (e is CudaException or CudaUnavailableException)
            {
                failures++;
                Emulator.Held().ShouldBe(_before, $"{function}, call {nth}: {e.Message}");
            }
        }

        // Takes back the failure that no call has met.
        Emulator.FailCall(function, 0, 0);
        failures.ShouldBeGreaterThan(0);
    }

    [Test]
    public void A_kernel_that_fails_is_named_and_the_next_network_works()
    {
        var network = new Mixed(maxBatch: Batch);
        Step(network);
        Emulator.FailKernel(5, LaunchFailed);
        CudaException error = Should.Throw<CudaException>(() => Step(network));
        error.Code.ShouldBe(LaunchFailed);
        error.Name.ShouldBe("CUDA_ERROR_LAUNCH_FAILED");
        error.BreaksContext.ShouldBeTrue();
        error.DriverVersion.ShouldBe(13000);
        Should.Throw<CudaException>(() => Step(network)).Message.ShouldContain("CUDA_ERROR_LAUNCH_FAILED");
        network.Dispose();
    }

    [Test]
    public void A_kernel_that_fails_in_a_replay_is_an_error_too()
    {
        var network = new Mixed(maxBatch: Batch);
        var optimizer = new Adam();
        for (int i = 0; i < 3; i++) Step(network, optimizer);
        Emulator.FailKernel(5, LaunchFailed);
        Should.Throw<CudaException>(() => Step(network, optimizer)).Code.ShouldBe(LaunchFailed);
        network.Dispose();
    }

    [Test]
    public void A_device_that_is_lost_is_an_error()
    {
        var network = new Mixed(maxBatch: Batch);
        Step(network);
        Emulator.LoseDevice(LaunchFailed);
        Should.Throw<CudaException>(() => Step(network)).BreaksContext.ShouldBeTrue();
        network.Dispose();
    }

    [Test]
    public void What_the_compiler_says_of_a_kernel_is_in_the_error()
    {
        // A new context, which has no kernel yet.
        var broken = new Mixed(maxBatch: Batch);
        Emulator.FailKernel(1, LaunchFailed);
        Should.Throw<CudaException>(() => Step(broken));
        broken.Dispose();

        Emulator.FailModules(218, "ptxas error: something is wrong in line 7");
        using var network = new Mixed(maxBatch: Batch);
        CudaException error = Should.Throw<CudaException>(() => Step(network));
        error.Code.ShouldBe(218);
        error.JitLog.ShouldNotBeNull().ShouldContain("line 7");
        error.Kernel.ShouldNotBeNull().ShouldStartWith("fn_");
        error.Message.ShouldContain("line 7");
        Emulator.FailModules(0, "");
        Step(network).IsFinite.ShouldBeTrue();
    }

    private static StepResult Step(Network network, Optimizer? optimizer = null) =>
        network.TrainStep(Normal(Batch * network.InputLength, seed: 1), Whole(Batch, 4, seed: 2), optimizer ?? new Adam());

    // A network's life: three steps, of which the second is recorded and the third replayed, and a prediction.
    private static void Train()
    {
        using var network = new Mixed(maxBatch: Batch);
        var optimizer = new Adam();
        for (int i = 0; i < 3; i++) Step(network, optimizer);
        network.Predict(Normal(Batch * network.InputLength, seed: 1), new float[Batch * network.OutputLength]);
    }
}
