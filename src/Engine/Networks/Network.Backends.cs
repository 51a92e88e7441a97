using FastNets.Backends;
using FastNets.Kernels.Optimizers;
using FastNets.Training.Optimizers;

namespace FastNets;

// Where the network's operations run. Generated methods are compiled for each backend; one object a network knows which.
public abstract partial class Network
{
    private NetworkDevice _device;
    private Passes _passes;

    /// <summary>Where the network's memory is and its passes run; the processor unless it was moved.</summary>
    public Device Device => _device.Device;

    /// <summary>Moves all memory of the network to another device, with its weights, statistics, states and the optimizer's moments.</summary>
    /// <remarks>
    /// Passes then run there; <see cref="Parameter.Values"/> and outputs are copied to the host when they are asked for. Spans taken before must not be used any more. Nothing has changed
    /// where the move fails.
    /// </remarks>
    /// <param name="device">The device; <see cref="Device.Auto"/> is the first usable GPU, or the processor.</param>
    /// <exception cref="Cuda.CudaUnavailableException">The device can't be used; the reason is in it.</exception>
    /// <exception cref="Cuda.CudaException">The device has too little memory, or failed.</exception>
    public void MoveTo(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        ObjectDisposedException.ThrowIf(_disposed, this);
        Device target = device.Resolve(out _);
        if (target == _device.Device) return;
        (NetworkDevice memory, Passes passes) = Open(target);
        try
        {
            foreach (Arena arena in Enum.GetValues<Arena>())
            {
                if (_device.Length(arena) == 0) continue;
                memory.Allocate(arena, _device.Length(arena));
                if (arena is not (Arena.Activations or Arena.Folded)) _device.View(arena).CopyTo(memory.Edit(arena));
            }

            // Of what layers left, what the user can still see.
            foreach (Slot slot in (Slot[])[OutputSlot, LossSlot, .. _states]) _device.View(slot, slot.Length).CopyTo(memory.Edit(slot, slot.Length));
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        _device.Dispose();
        (_device, _passes) = (memory, passes);
        ParametersChanged();
    }

    /// <summary>How long the last pass took by the device's own clock; null on the processor, or where passes are not timed.</summary>
    internal TimeSpan? PassTime => _device.PassTime;

    /// <summary>Times passes from here on.</summary>
    internal void TimePasses() => _device.TimePasses();

    private (NetworkDevice Memory, Passes Passes) Open(Device device)
    {
        if (device.Kind == DeviceKind.Cpu)
        {
            var host = new HostDevice();
            return (host, new Passes<CpuBackend>(this, host.Backend));
        }

        var gpu = new Cuda.CudaNetworkDevice(device);
        return (gpu, new Passes<Cuda.Backend.CudaBackend>(this, gpu.Backend));
    }

    /// <summary>The operations of passes, for a backend that only the constructor knows.</summary>
    private abstract class Passes
    {
        public abstract void Forward(int batch, uint step);

        public abstract void Loss(int batch, TargetKind targets, bool gradient);

        public abstract void Backward(int batch, uint step);

        public abstract void Fold();

        public abstract void Infer(int batch);

        public abstract void Clip(Span<UpdateSegment> segments, GradientClipping clipping, Slot norm);

        public abstract void Update(Optimizer optimizer, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty);

        public abstract void Penalty(ReadOnlySpan<UpdateSegment> segments, Slot penalty);

        public abstract void MoveTowards(Slot x, Slot y, float fraction);
    }

    private sealed class Passes<TBackend>(Network network, TBackend backend) : Passes
        where TBackend : struct, IBackend
    {
        private readonly Network _network = network;
        private readonly TBackend _backend = backend;

        public override void Forward(int batch, uint step) => _network.Forward(_backend, batch, step);

        public override void Loss(int batch, TargetKind targets, bool gradient) => _network.ComputeLoss(_backend, batch, targets, gradient);

        public override void Backward(int batch, uint step) => _network.Backward(_backend, batch, step);

        public override void Fold() => _network.Fold(_backend);

        public override void Infer(int batch) => _network.Infer(_backend, batch);

        public override void Clip(Span<UpdateSegment> segments, GradientClipping clipping, Slot norm) =>
            _backend.ClipGradients(segments, clipping.Maximum, clipping.Kind == GradientClippingKind.TensorNorm, norm);

        public override void Update(Optimizer optimizer, ReadOnlySpan<UpdateSegment> segments, ReadOnlySpan<Slot> state, int step, Slot norm, Slot penalty) =>
            optimizer.Update(_backend, segments, state, step, norm, penalty);

        public override void Penalty(ReadOnlySpan<UpdateSegment> segments, Slot penalty) => _backend.Penalty(segments, penalty);

        public override void MoveTowards(Slot x, Slot y, float fraction) => _backend.MoveTowards(x, y, fraction);
    }
}
