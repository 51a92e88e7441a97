using FastNets.Cuda.Driver;
using FastNets.Cuda.Rocket;
using FastNets.Data;

namespace FastNets.Rocket;

// Where sets of series are transformed: on the processor, or on a GPU, with the same bits.
public sealed unsafe partial class MiniRocket
{
    private readonly Lock _gate = new();
    private Device _device = Device.Default;
    private CudaMiniRocket? _gpu;

    /// <summary>
    /// Where sets of series are transformed; at first what <see cref="Device.Default"/> was when this was made. A series alone, and one of more time steps than a GPU takes, is always
    /// transformed on the processor.
    /// </summary>
    /// <exception cref="Cuda.CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    public Device Device
    {
        get
        {
            lock (_gate) return _device = _device.Resolve();
        }
    }

    /// <summary>Transforms sets of series elsewhere from here on; the features have the same bits on all devices.</summary>
    /// <remarks>
    /// What this had on a GPU (its parameters, and memory for the chunks of series that go through) is given back: at once or, where other threads are transforming there, when the last of them is done.
    /// On a GPU it is taken at the first set, so that moving to the processor and back frees it too.
    /// </remarks>
    /// <param name="device">The device; <see cref="Device.Auto"/> is the first usable GPU, or the processor.</param>
    /// <exception cref="Cuda.CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    public void MoveTo(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device target = device.Resolve();
        CudaMiniRocket? left;
        lock (_gate)
        {
            if (target == _device) return;
            _device = target;
            left = _gpu;
            _gpu = null;
        }

        left?.Dispose();
    }

    /// <summary>Gives back what this has on a GPU, as <see cref="MoveTo"/> does; the next set takes it anew.</summary>
    internal void FreeGpu()
    {
        CudaMiniRocket? left;
        lock (_gate)
        {
            left = _gpu;
            _gpu = null;
        }

        left?.Dispose();
    }

    /// <summary>The transform on the GPU, held until it is disposed of, or null where the processor is to do it.</summary>
    private CudaMiniRocket? HoldGpu(SeriesSet set)
    {
        if (!CudaMiniRocket.Takes(set)) return null;
        lock (_gate)
        {
            if (_device.Kind == DeviceKind.Cpu) return null;
            _device = _device.Resolve();
            if (_device.Kind == DeviceKind.Cpu) return null;
            if (_gpu is { IsBroken: true })
            {
                _gpu.Dispose();
                _gpu = null;
            }

            _gpu ??= new CudaMiniRocket(Parameters, CudaContext.Get(_device.Ordinal));
            return _gpu.Hold();
        }
    }
}
