using FastNets.Generators.Helpers;
using FastNets.Generators.Model;
using FastNets.Generators.Shapes;

namespace FastNets.Generators.Tests.Harness;

/// <summary>
/// Draws a network layer by layer: a layer is proposed, and kept where its shapes fit; what nothing reads in the end is put together.
/// </summary>
internal sealed class NetworkDrawer
{
    private const ulong Seed = 2024;

    private readonly int _number;
    private readonly Dice _dice;
    private readonly Dictionary<string, int> _sizes = [];
    private readonly LayerDrawer _layerDrawer;
    private readonly List<LayerSpec> _layers = [];
    private readonly Theme _theme;
    private readonly Shape _input;
    private readonly bool _hasLengths;
    private readonly LossSpec _loss;
    private List<ShapedLayer> _shaped = [];

    public NetworkDrawer(int number)
    {
        _number = number;
        _dice = new Dice(Seed, (ulong)number);
        _layerDrawer = new LayerDrawer(_dice, _sizes);
        _theme = Theme.All[number % Theme.All.Length];
        _input = DrawInput();
        _hasLengths = _input.IsSequence && _theme.AllowsLengths && _dice.OnceIn(3);
        _loss = DrawLoss();
    }

    private int Last => _layers.Count - 1;

    private Shape Current => Last < 0 ? _input : _shaped[Last].Output;

    public RandomNetwork Draw()
    {
        foreach (LayerKind kind in _theme.Start) Try(kind, explicitly: false);
        int count = 1 + _dice.Below(6);
        for (int tries = 0; tries < 60 && _layers.Count < count; tries++) Try(_dice.Of(_theme.Kinds), explicitly: true);
        if (_layers.Count == 0) Add(_layerDrawer.Dense(Name, ActivationKind.Linear));
        JoinUnused();
        Finish();
        return new RandomNetwork(_number, Spec(_layers), _sizes);
    }

    private string Name => "L" + Literals.Of(_layers.Count);

    private Shape DrawInput()
    {
        if (!_theme.IsSequence) return Shape.Vector(_layerDrawer.Size(1, 6));
        Size steps = _layerDrawer.Size(1, 7, "time");
        Size columns = _theme.HasTokens ? Size.One : _layerDrawer.Size(1, 3, "channels");
        return _theme.HasTokens && _dice.OnceIn(2) ? Shape.Vector(steps) : Shape.Sequence(steps, columns);
    }

    private LossSpec DrawLoss()
    {
        var kind = (LossKind)_dice.Below(6);
        var loss = new LossSpec(kind, Reduction: _dice.OnceIn(4) ? ReductionKind.Sum : ReductionKind.Mean, IgnoreMissing: _dice.OnceIn(4));
        if (kind == LossKind.Huber) loss = loss with { HuberDelta = 0.5f };
        if (loss.OfClasses && _dice.OnceIn(3)) loss = loss with { LabelSmoothing = 0.1f };
        if (kind == LossKind.Focal && _dice.OnceIn(2)) loss = loss with { FocalGamma = 1.5f };
        return loss;
    }

    // Proposes a layer until one fits; a few times.
    private bool Try(LayerKind kind, bool explicitly)
    {
        for (int i = 0; i < 4; i++)
        {
            LayerSpec layer = _layerDrawer.Draw(kind, Name, _hasLengths);
            if (explicitly) layer = WithSources(layer);
            if (layer.Kind is LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru && _dice.OnceIn(3)) layer = WithState(layer);
            if (Add(layer)) return true;
        }

        return false;
    }

    private LayerSpec WithSources(LayerSpec layer)
    {
        if (layer.Kind is LayerKind.Add or LayerKind.Concat)
        {
            string[] fitting = [.. Sources().Where(s => layer.Kind == LayerKind.Add ? s.Shape == Current : s.Shape.IsSequence == Current.IsSequence && s.Shape.Steps == Current.Steps).Select(s => s.Name)];
            string first = Last < 0 ? ShapeResolver.InputName : _layers[Last].Name;
            IEnumerable<string> others = Enumerable.Range(0, 1 + _dice.Below(2)).Select(_ => _dice.Of(fitting));
            return layer with { From = others.Prepend(first).ToEquatableArray() };
        }

        return _dice.Below(8) switch
        {
            0 => layer with { From = new EquatableArray<string>([ShapeResolver.InputName]) },
            1 or 2 when Last > 0 => layer with { From = new EquatableArray<string>([_dice.Of([.. _layers.Select(l => l.Name)])]) },
            _ => layer,
        };
    }

    private IEnumerable<(string Name, Shape Shape)> Sources()
        => _shaped.Select(l => (l.Name, l.Output)).Append((ShapeResolver.InputName, _input));

    private LayerSpec WithState(LayerSpec layer)
    {
        ShapedLayer[] givers = [.. _shaped.Where(l => l.Spec.Kind is LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru && !l.Settings.Bidirectional)];
        if (givers.Length == 0) return layer;
        ShapedLayer giver = _dice.Of(givers);
        return layer with { Settings = layer.Settings with { StateFrom = giver.Name, Units = giver.Settings.Units, Stateful = false, Bidirectional = false } };
    }

    private bool Add(LayerSpec layer)
    {
        List<LayerSpec> all = [.. _layers, layer];
        NetworkSpec spec = Spec(all);
        bool fits = true;
        List<ShapedLayer> named = Shapes(spec);
        List<ShapedLayer> constant = Shapes(RandomNetwork.WithConstants(spec, _sizes));
        if (!fits || constant[^1].Output.Length.Constant > 60) return false;
        _layers.Add(layer);
        _shaped = named;
        return true;

        List<ShapedLayer> Shapes(NetworkSpec s) => ShapeResolver.Layers(s.Input, s.HasLengths, s.Layers, (_, _) => fits = false);
    }

    private NetworkSpec Spec(List<LayerSpec> layers)
    {
        string name = "Net" + Literals.Of(_number);
        return new NetworkSpec("Drawn", name, "Drawn." + name, _input, _hasLengths, _loss, layers.ToEquatableArray(), false, default, new SkeletonSpec(default, true, default));
    }

    private int[] Unused()
        => [.. Enumerable.Range(0, Last).Where(i => !_shaped.Any(l => l.Sources.Contains(i) || l.Settings.StateFrom == _layers[i].Name))];

    private void JoinUnused()
    {
        if (Unused().Length == 0) return;
        int[] unused = [.. Unused(), Last];
        bool alike = unused.All(i => _shaped[i].Output.IsSequence == Current.IsSequence && _shaped[i].Output.Steps == Current.Steps);
        List<string> names = [];
        foreach (int i in unused)
        {
            string name = _layers[i].Name;
            if (!alike && _shaped[i].Output.IsSequence)
            {
                LayerKind pool = _dice.Of(LayerKind.GlobalAveragePool1D, LayerKind.GlobalMaxPool1D);
                LayerSpec pooled = _layerDrawer.Draw(pool, Name, _hasLengths) with { From = new EquatableArray<string>([name]) };
                name = pooled.Name;
                Add(pooled);
            }

            names.Add(name);
        }

        Add(_layerDrawer.Draw(LayerKind.Concat, Name, _hasLengths) with { From = names.ToEquatableArray() });
    }

    // What the loss can take: scores, at least two where they are of classes.
    private void Finish()
    {
        if (_theme.HasDecoder && TryDecoder()) return;
        ActivationKind function = _dice.OnceIn(2) ? ActivationKind.Linear : _loss.OfClasses ? ActivationKind.Softmax : ActivationKind.Sigmoid;
        if (_loss.OfClasses || _loss.Kind == LossKind.BinaryCrossEntropy)
        {
            if (Current.IsSequence && _dice.OnceIn(4) && Add(_layerDrawer.Recurrent(_dice.Of(LayerKind.Rnn, LayerKind.Lstm, LayerKind.Gru), Name, least: 2))) return;
            if (Current.IsSequence && _dice.OnceIn(4) && Add(_layerDrawer.Convolution(Name, function, least: 2))) return;
            Add(_layerDrawer.Dense(Name, function, least: 2));
            if (_dice.OnceIn(5)) Add(new LayerSpec(Name, "public partial", LayerKind.Activation, new LayerSettings { Activation = ActivationKind.Linear }));
        }
        else if (_dice.OnceIn(3))
        {
            Add(_layerDrawer.Dense(Name, ActivationKind.Linear));
        }
    }

    private bool TryDecoder()
    {
        if (Current.IsSequence is false && Last >= 0 && _layers[Last].Kind != LayerKind.Lstm) return false;
        if (Last < 0 || _layers[Last].Kind != LayerKind.Lstm || _layers[Last].Settings.Bidirectional)
        {
            LayerSpec encoder = _layerDrawer.Recurrent(LayerKind.Lstm, Name, least: 1);
            if (!Add(encoder with { Settings = encoder.Settings with { Bidirectional = false } })) return false;
        }

        bool mayForce = !_loss.OfClasses && !_loss.IgnoreMissing;
        return Add(_layerDrawer.Decoder(Name, mayForce, leastOutputs: _loss.OfClasses ? 2 : 1));
    }
}
