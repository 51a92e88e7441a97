using FastNets.Cuda;
using NUnit.Framework;
using Shouldly;

namespace FastNets.Engine.Tests.Cuda;

public sealed class DeviceTests
{
    [TestCase("cpu", DeviceKind.Cpu, 0, false, "cpu")]
    [TestCase("auto", DeviceKind.Auto, 0, false, "auto")]
    [TestCase("cuda", DeviceKind.Cuda, 0, false, "cuda:0")]
    [TestCase("cuda:0", DeviceKind.Cuda, 0, false, "cuda:0")]
    [TestCase("cuda:12", DeviceKind.Cuda, 12, false, "cuda:12")]
    [TestCase("cuda:1,tf32", DeviceKind.Cuda, 1, true, "cuda:1,tf32")]
    [TestCase("cuda,tf32", DeviceKind.Cuda, 0, true, "cuda:0,tf32")]
    [TestCase(" CUDA:1 ,TF32 ", DeviceKind.Cuda, 1, true, "cuda:1,tf32")]
    public void A_name_is_read_and_written(string text, DeviceKind kind, int ordinal, bool tf32, string written)
    {
        Device device = Device.Parse(text);
        (device.Kind, device.Ordinal, device.Tf32).ShouldBe((kind, ordinal, tf32));
        device.ToString().ShouldBe(written);
        Device.Parse(written).ShouldBe(device);
    }

    [TestCase("")]
    [TestCase("gpu")]
    [TestCase("cuda:")]
    [TestCase("cuda:-1")]
    [TestCase("cuda:+1")]
    [TestCase("cuda: 1")]
    [TestCase("cuda:1.0")]
    [TestCase("cuda:99999999999")]
    [TestCase("cuda0")]
    [TestCase("cuda:0,bf16")]
    [TestCase("cuda:0,tf32,tf32")]
    public void Another_name_is_refused_and_the_names_are_told(string text)
    {
        string message = Should.Throw<FormatException>(() => Device.Parse(text)).Message;
        message.ShouldContain($"'{text}'");
        message.ShouldContain("'cuda:N'");
    }

    [TestCase("cpu,tf32")]
    [TestCase("auto,tf32")]
    public void Tf32_without_a_GPU_is_refused(string text) => Should.Throw<FormatException>(() => Device.Parse(text)).Message.ShouldContain("'cuda:0,tf32'");

    [Test]
    public void Devices_of_one_name_are_equal()
    {
        Device.Cuda(1).ShouldBe(Device.Cuda(1));
        Device.Cuda(1).ShouldNotBe(Device.Cuda(0));
        Device.Cuda(0, tf32: true).ShouldNotBe(Device.Cuda(0));
        Device.Cuda().ShouldNotBe(Device.Cpu);
        Should.Throw<ArgumentOutOfRangeException>(() => Device.Cuda(-1));
    }

    [Test]
    public void The_processor_can_always_be_used()
    {
        Device.Cpu.Resolve(out string? reason).ShouldBe(Device.Cpu);
        reason.ShouldBeNull();
        Device.Available()[0].ShouldBe(Device.Cpu);
    }

    [Test]
    public void Auto_is_the_first_GPU_or_the_processor_and_says_why()
    {
        Device device = Device.Auto.Resolve(out string? reason);
        if (device.Kind == DeviceKind.Cuda)
        {
            reason.ShouldBeNull();
            Device.Available().ShouldContain(device);
            return;
        }

        device.ShouldBe(Device.Cpu);
        reason.ShouldNotBeNullOrWhiteSpace();
        var problem = Should.Throw<CudaUnavailableException>(() => Device.Cuda().Resolve());
        problem.Reason.ShouldNotBe(CudaUnavailableReason.Unknown);
        reason.ShouldContain(problem.Message);
    }

    [Test]
    public void A_GPU_that_is_not_there_is_a_typed_error_each_time()
    {
        for (int attempt = 0; attempt < 2; attempt++)
            Should.Throw<CudaUnavailableException>(() => Device.Cuda(1_000_000).Resolve()).Reason.ShouldNotBe(CudaUnavailableReason.Unknown);
    }
}
