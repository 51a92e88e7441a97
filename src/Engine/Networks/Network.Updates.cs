using FastNets.Backends;
using FastNets.Training.Optimizers;

namespace FastNets;

// The optimizer's part: its moments and the update of all parameters.
public abstract partial class Network
{
    private Optimizer? _optimizer;
    private int _optimizerSteps;
    private Slot[] _optimizerState = [];

    private float Update(Optimizer optimizer)
    {
        if (!ReferenceEquals(_optimizer, optimizer))
        {
            AllocateOptimizerState(optimizer.StateBuffers);
            _optimizer = optimizer;
            _optimizerSteps = 0;
        }

        _optimizerSteps++;
        return optimizer.Update(_cpu, Segments, _optimizerState, _optimizerSteps);
    }

    private void AllocateOptimizerState(int buffers)
    {
        long length = _reserved[(int)Arena.Parameters];
        _optimizerState = new Slot[buffers];
        if (buffers == 0) return;
        _reserved[(int)Arena.OptimizerState] = 0;
        for (int i = 0; i < buffers; i++) _optimizerState[i] = Reserve(Arena.OptimizerState, length);
        _arenas.Allocate(Arena.OptimizerState, (int)_reserved[(int)Arena.OptimizerState]);
    }
}
