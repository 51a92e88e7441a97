using Microsoft.CodeAnalysis;

namespace FastNets.Generators.Diagnostics;

/// <summary>All that can be wrong with a declaration. Each has a page in docs/diagnostics.</summary>
internal static class Descriptors
{
    private const string Model = "FastNets.Model";
    private const string Shapes = "FastNets.Shapes";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "FN0001", Model, "A network's class must be partial",
        "Class '{0}' must be partial, because the rest of it is generated");

    public static readonly DiagnosticDescriptor UnsupportedClass = Error(
        "FN0002", Model, "A network is a class of its own",
        "Class '{0}' must be a top-level, non-generic class that is neither static nor abstract nor derived from another class; it {1}");

    public static readonly DiagnosticDescriptor NoLayers = Error(
        "FN0003", Model, "A network needs layers",
        "Network '{0}' has no layers; declare at least one, as in '[Layer(Units = 10)] public partial Dense Output {{ get; }}'");

    public static readonly DiagnosticDescriptor NotAPartialProperty = Error(
        "FN0004", Model, "A layer is a partial property that is only read",
        "Layer '{0}' must be an instance property of the form 'public partial {1} {0} {{ get; }}'");

    public static readonly DiagnosticDescriptor UnknownKind = Error(
        "FN0005", Model, "The property's type is no kind of layer",
        "Layer '{0}' has the type '{1}', which is no kind of layer; the kinds are {2}");

    public static readonly DiagnosticDescriptor SettingNotTaken = Error(
        "FN0006", Model, "The layer does not take this setting",
        "{0} takes no setting '{1}'; it takes {2}");

    public static readonly DiagnosticDescriptor SettingMissing = Error(
        "FN0007", Model, "A setting is missing",
        "{0} '{1}' needs the setting '{2}', as in '[Layer({3})]'");

    public static readonly DiagnosticDescriptor OutOfRange = Error(
        "FN0008", Model, "A setting is out of its range",
        "{0} = {1} is not possible: {2}");

    public static readonly DiagnosticDescriptor BadSize = Error(
        "FN0009", Shapes, "A size is a positive constant or a name",
        "{0} = {1} is no size: give a whole number from 1 on, or a name that the constructor will ask for, as in {0} = \"classes\"");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "FN0010", Model, "A name is taken",
        "The name '{0}' cannot be used here: {1}");

    public static readonly DiagnosticDescriptor InputMissing = Error(
        "FN0011", Shapes, "A network needs the length of its input",
        "Network '{0}' does not say how long an input sample is: give a number or a name, as in '[Network(Input = 784)]', '[Network(Input = \"features\")]' or, for series, '[Network(Length = 140, Channels = 1)]'");

    public static readonly DiagnosticDescriptor LossDoesNotFit = Error(
        "FN0012", Model, "The loss does not fit the last layer",
        "{0} does not fit the last layer '{1}': {2}");

    public static readonly DiagnosticDescriptor SizesDoNotMeet = Error(
        "FN0013", Shapes, "Sizes don't meet",
        "Dense '{0}' expects {1} inputs, but {2} gives {3}");

    public static readonly DiagnosticDescriptor LayerOutsideNetwork = Error(
        "FN0014", Model, "A layer outside of a network",
        "Property '{0}' is marked as a layer, but class '{1}' is not marked with [Network]");

    public static readonly DiagnosticDescriptor SeveralParts = Error(
        "FN0015", Model, "Layers are declared in one place",
        "The layers of '{0}' are declared in several parts of the class, so their order is not defined; move them into one part");

    public static readonly DiagnosticDescriptor UnknownSource = Error(
        "FN0016", Model, "A layer takes its input from layers before it",
        "Layer '{0}' cannot take its {1} from '{2}', {3}; {4}");

    public static readonly DiagnosticDescriptor SourceCount = Error(
        "FN0017", Model, "The layer takes another number of inputs",
        "{0} '{1}' takes its input from {2}, but {3} named; {4}");

    public static readonly DiagnosticDescriptor WrongShape = Error(
        "FN0018", Shapes, "The layer's input has the wrong shape",
        "{0} '{1}' {2}, but {3} gives {4}; {5}");

    public static readonly DiagnosticDescriptor InputsDoNotMatch = Error(
        "FN0019", Shapes, "Inputs don't match",
        "{0} '{1}' needs inputs of {2}, but {3} gives {4} and {5} gives {6}; {7}");

    public static readonly DiagnosticDescriptor WindowTooLong = Error(
        "FN0020", Shapes, "The window is longer than the series",
        "{0} '{1}' looks at {2} at a time, but {3} gives {4}; {5}");

    public static readonly DiagnosticDescriptor UnusedOutput = Error(
        "FN0021", Model, "A layer's output is used",
        "The output of layer '{0}' goes nowhere: let a layer behind it take it by 'From = nameof({0})', or remove it");

    public static readonly DiagnosticDescriptor NotTheInput = Error(
        "FN0022", Model, "What takes the network's input",
        "{0} '{1}' cannot take its input from {2}: {3}");

    public static readonly DiagnosticDescriptor NoEncoder = Error(
        "FN0023", Model, "A decoder needs an encoder",
        "SequenceDecoder '{0}' starts with the final state of an Lstm that is not bidirectional, but {1}; put such an Lstm before it, or name it by From");

    public static readonly DiagnosticDescriptor StateDoesNotFit = Error(
        "FN0024", Shapes, "The initial state does not fit",
        "{0} '{1}' cannot start with the state of '{2}': {3}");

    public static readonly DiagnosticDescriptor LengthsGoWrong = Error(
        "FN0025", Shapes, "Padding would be counted",
        "{0} '{1}' would count the padding of shorter series, because it does not know their lengths; use recurrent or global pooling layers instead, or leave out Lengths");

    public static readonly DiagnosticDescriptor SettingsConflict = Error(
        "FN0026", Model, "Settings exclude each other",
        "{0} and {1} exclude each other: {2}");

    public static readonly DiagnosticDescriptor CustomIncomplete = Error(
        "FN0027", Model, "A layer of the program's own needs its methods",
        "'{0}' cannot be a layer: {1}");

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) => new(
        id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
