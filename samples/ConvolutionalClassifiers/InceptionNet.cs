using FastNets;

namespace ConvolutionalClassifiers;

/// <summary>The network of InceptionTime (Ismail Fawaz et al., 2020), which is an ensemble of five of them: six modules, each of which looks at the series at three widths.</summary>
/// <remarks>
/// A module narrows its input to 32 channels (the first one has one channel as it is), convolves these by kernels of 40, 20 and 10 steps, and sets a pooled branch beside
/// them. After every third module what went into the three is added. For a deeper network write further modules in the same way, for a wider one change 32.
/// </remarks>
[Network(Length = "length", Loss = Loss.SoftmaxCrossEntropy)]
public sealed partial class InceptionNet
{
    [Layer(From = LayerAttribute.NetworkInput, Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long1 { get; }
    [Layer(From = LayerAttribute.NetworkInput, Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle1 { get; }
    [Layer(From = LayerAttribute.NetworkInput, Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short1 { get; }
    [Layer(From = LayerAttribute.NetworkInput, KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest1 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled1 { get; }
    [Layer(From = new[] { nameof(Long1), nameof(Middle1), nameof(Short1), nameof(Pooled1) })] public partial Concat Joined1 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module1 { get; }

    [Layer(From = nameof(Module1), Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Narrow2 { get; }
    [Layer(From = nameof(Narrow2), Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long2 { get; }
    [Layer(From = nameof(Narrow2), Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle2 { get; }
    [Layer(From = nameof(Narrow2), Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short2 { get; }
    [Layer(From = nameof(Module1), KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest2 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled2 { get; }
    [Layer(From = new[] { nameof(Long2), nameof(Middle2), nameof(Short2), nameof(Pooled2) })] public partial Concat Joined2 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module2 { get; }

    [Layer(From = nameof(Module2), Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Narrow3 { get; }
    [Layer(From = nameof(Narrow3), Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long3 { get; }
    [Layer(From = nameof(Narrow3), Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle3 { get; }
    [Layer(From = nameof(Narrow3), Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short3 { get; }
    [Layer(From = nameof(Module2), KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest3 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled3 { get; }
    [Layer(From = new[] { nameof(Long3), nameof(Middle3), nameof(Short3), nameof(Pooled3) })] public partial Concat Joined3 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module3 { get; }
    [Layer(From = LayerAttribute.NetworkInput, Filters = 128, KernelSize = 1, UseBias = false)] public partial Conv1D Match1 { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Shortcut1 { get; }
    [Layer(From = new[] { nameof(Module3), nameof(Shortcut1) }, Activation = Activation.ReLU)] public partial Add Residual1 { get; }

    [Layer(From = nameof(Residual1), Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Narrow4 { get; }
    [Layer(From = nameof(Narrow4), Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long4 { get; }
    [Layer(From = nameof(Narrow4), Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle4 { get; }
    [Layer(From = nameof(Narrow4), Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short4 { get; }
    [Layer(From = nameof(Residual1), KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest4 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled4 { get; }
    [Layer(From = new[] { nameof(Long4), nameof(Middle4), nameof(Short4), nameof(Pooled4) })] public partial Concat Joined4 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module4 { get; }

    [Layer(From = nameof(Module4), Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Narrow5 { get; }
    [Layer(From = nameof(Narrow5), Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long5 { get; }
    [Layer(From = nameof(Narrow5), Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle5 { get; }
    [Layer(From = nameof(Narrow5), Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short5 { get; }
    [Layer(From = nameof(Module4), KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest5 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled5 { get; }
    [Layer(From = new[] { nameof(Long5), nameof(Middle5), nameof(Short5), nameof(Pooled5) })] public partial Concat Joined5 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module5 { get; }

    [Layer(From = nameof(Module5), Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Narrow6 { get; }
    [Layer(From = nameof(Narrow6), Filters = 32, KernelSize = 40, Padding = Padding.Same, UseBias = false)] public partial Conv1D Long6 { get; }
    [Layer(From = nameof(Narrow6), Filters = 32, KernelSize = 20, Padding = Padding.Same, UseBias = false)] public partial Conv1D Middle6 { get; }
    [Layer(From = nameof(Narrow6), Filters = 32, KernelSize = 10, Padding = Padding.Same, UseBias = false)] public partial Conv1D Short6 { get; }
    [Layer(From = nameof(Module5), KernelSize = 3, Stride = 1, Padding = Padding.Same)] public partial MaxPool1D Largest6 { get; }
    [Layer(Filters = 32, KernelSize = 1, UseBias = false)] public partial Conv1D Pooled6 { get; }
    [Layer(From = new[] { nameof(Long6), nameof(Middle6), nameof(Short6), nameof(Pooled6) })] public partial Concat Joined6 { get; }
    [Layer(Momentum = 0.9f, Activation = Activation.ReLU)] public partial BatchNorm Module6 { get; }
    [Layer(From = nameof(Residual1), Filters = 128, KernelSize = 1, UseBias = false)] public partial Conv1D Match2 { get; }
    [Layer(Momentum = 0.9f)] public partial BatchNorm Shortcut2 { get; }
    [Layer(From = new[] { nameof(Module6), nameof(Shortcut2) }, Activation = Activation.ReLU)] public partial Add Residual2 { get; }

    [Layer] public partial GlobalAveragePool1D Mean { get; }
    [Layer(Units = "classes", Activation = Activation.Softmax)] public partial Dense Output { get; }
}
