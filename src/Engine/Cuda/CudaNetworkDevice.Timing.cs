using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

// The time of passes by the device's own clock.
internal sealed unsafe partial class CudaNetworkDevice
{
    private CudaEvent? _passStart;
    private CudaEvent? _passEnd;

    /// <summary>How long the last pass took on the device, from its first operation to its last; null unless passes are timed.</summary>
    public override TimeSpan? PassTime => _passEnd is null ? null : TimeSpan.FromMilliseconds(_passStart!.MillisecondsTo(_passEnd));

    /// <inheritdoc/>
    public override void TimePasses()
    {
        _context.MakeCurrent();
        _passStart ??= new CudaEvent(_context, timing: true);
        _passEnd ??= new CudaEvent(_context, timing: true);
        _stream.Record(_passStart);
        _stream.Record(_passEnd);
        _stream.Synchronize();
    }
}
