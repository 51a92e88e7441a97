using FastNets.Backends;
using FastNets.Cuda.Driver;

namespace FastNets.Cuda;

// Passes: the first of its kind runs launch by launch, the second is recorded as a CUDA graph, all others replay it with one launch.
internal sealed unsafe partial class CudaNetworkDevice
{
    // Passes differ by their batches' sizes; a program that tries very many of them starts anew.
    private const int MostRecordings = 64;

    // A recording holds addresses, and so the room that its batch lies in.
    private readonly Dictionary<(PassKey Pass, int Room), Recording> _recordings = [];
    private readonly List<HostCopy> _fetched = [];
    private PassMode _mode;
    private (PassKey Key, int Room) _pass;

    private enum PassMode
    {
        None,
        Running,
        Recording,
        Replaying,
        Submitted,
    }

    /// <summary>How many passes are recorded.</summary>
    public int Recordings => _recordings.Values.Count(recording => recording.Graph is not null);

    /// <inheritdoc/>
    public override bool Begin(in PassKey pass, uint step)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _context.Enter();
        SendEdited(forget: true);
        _fetched.Clear();
        _pass = (pass, _room);
        _mode = PassMode.Running;
        if (pass.Kind != PassKind.Other)
        {
            if (!_recordings.TryGetValue(_pass, out Recording? recording))
            {
                if (_recordings.Count >= MostRecordings) ForgetRecordings();
                _recordings.Add(_pass, new Recording());
            }
            else if (recording.Graph is not null)
            {
                _mode = PassMode.Replaying;
            }
            else if (!recording.IsRefused)
            {
                _mode = PassMode.Recording;
            }
        }

        if (pass.IsSentAhead) _stream.WaitFor(_stage!.IsSent);
        if (_passStart is not null) _stream.Record(_passStart);
        if (_mode == PassMode.Recording) _stream.BeginCapture();

        Varying(VaryingPlace.Step, step);
        return _mode == PassMode.Replaying;
    }

    /// <inheritdoc/>
    public override void DontRecord()
    {
        switch (_mode)
        {
            case PassMode.Running when _recordings.TryGetValue(_pass, out Recording? recording):
                recording.IsRefused = true;
                break;
            case PassMode.Recording or PassMode.Replaying:
                throw new InvalidOperationException($"A pass ({_pass.Key.Kind}) that could be recorded the first time can't be recorded now.");
        }
    }

    /// <inheritdoc/>
    public override void Submit()
    {
        if (_mode == PassMode.Recording)
        {
            CudaGraph graph = _stream.EndCapture();
            _mode = PassMode.Running;
            _recordings[_pass].Graph = graph;
            _stream.Launch(graph);
        }
        else if (_mode == PassMode.Replaying)
        {
            _stream.Launch(_recordings[_pass].Graph!);
        }

        if (_passEnd is not null) _stream.Record(_passEnd);
        _mode = PassMode.Submitted;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        _stream.Synchronize();
        _mode = PassMode.None;
        Outdate(_pass.Key.Kind is not (PassKind.Inference or PassKind.Evaluation));
        foreach (HostCopy copy in _fetched) copy.State = CopyState.Same;
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        if (_mode == PassMode.None) return;
        _recordings.TryGetValue(_pass, out Recording? recording);
        if (_mode == PassMode.Recording)
        {
            _stream.AbandonCapture();

            // What can't be recorded once is run launch by launch from here on.
            if (recording is not null) recording.IsRefused = true;
        }
        else if (recording is not null)
        {
            recording.Graph?.Dispose();
            _recordings.Remove(_pass);
        }

        _mode = PassMode.None;
        _fetched.Clear();
        Outdate(changesParameters: true);
        try
        {
            // Copies to and from host memory may still be under way, which its owner may give back next.
            _stream.Synchronize();
        }
        catch (CudaException)
        {
            // The failure that led here, once more.
        }
    }

    /// <inheritdoc/>
    public override void ForgetPasses() => ForgetRecordings();

    private void ForgetRecordings()
    {
        foreach (Recording recording in _recordings.Values) recording.Graph?.Dispose();
        _recordings.Clear();
    }

    private sealed class Recording
    {
        public CudaGraph? Graph { get; set; }

        public bool IsRefused { get; set; }
    }
}
