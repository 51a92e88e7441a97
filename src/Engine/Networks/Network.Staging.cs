using FastNets.Backends;

namespace FastNets;

// A trainer's next batch: written, checked and, where it is large, sent while a pass runs on the present one.
public abstract partial class Network
{
    // A recorded pass copies its batch without a call of its own. Sent ahead, a batch takes four or five calls of the driver: its two or three copies, an event, the wait for it. By count they
    // cost a few microseconds, in which PCI Express (16 to 25 GB/s) moves about this many bytes: below, there is no more to save than is spent.
    private const long LeastSentAhead = 64 << 10;

    private BatchState _batch;
    private BatchState _staged;
    private bool _stagedHasLengths;

    /// <summary>How far the batch of the next pass has come.</summary>
    private enum BatchState
    {
        Written,
        Checked,
        Sent,
    }

    /// <summary>
    /// Between <see cref="Start"/> and <see cref="Finish"/>: makes the rooms for a pass's batch (<see cref="InputRows"/> and the others) those of the batch that comes next, until
    /// <see cref="CloseStage"/>. Whatever fails before that, <see cref="DropStage"/> follows.
    /// </summary>
    /// <returns>Whether there is such a room; where passes run within the calls themselves there is none, and nothing to win.</returns>
    internal bool OpenStage()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _device.OpenStage();
    }

    /// <summary>Checks what was staged as a pass would, and begins to send it where that pays.</summary>
    internal void CloseStage(int batch, TargetKind targets)
    {
        CheckBatch(batch);
        PrepareSequences(batch);
        CheckTargets(batch, targets);
        int inputs = batch * InputLength, wanted = TargetsOf(batch, targets);
        bool isSent = (inputs + (long)wanted) * sizeof(float) >= LeastSentAhead;
        if (isSent)
        {
            _device.SendAhead(InputSlot, inputs);
            if (_hasLengths) _device.SendAhead(_lengths, batch);
            _device.SendAhead(TargetSlot, wanted);
        }

        _device.CloseStage(isSent);
        _staged = isSent ? BatchState.Sent : BatchState.Checked;
        (_stagedHasLengths, _hasLengths) = (_hasLengths, false);
    }

    /// <summary>Makes what was staged the batch of the pass that is started next.</summary>
    /// <returns>Whether there was something; not where the network has been moved since.</returns>
    internal bool UseStage()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_device.UseStage(_classWeights)) return false;
        _batch = _staged;
        _hasLengths = _stagedHasLengths;
        return true;
    }

    /// <summary>To be called before an epoch: its batches lie where those of the epoch before lay, so that their passes are the same.</summary>
    internal void RewindStage()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _device.RewindStage(_classWeights);
    }

    /// <summary>Forgets what was staged; nothing of it is under way then. Never throws.</summary>
    internal void DropStage()
    {
        _hasLengths = false;
        _device.DropStage();
    }
}
