using System.Text.Json;

namespace Apc.Conformance;

/// <summary>An object of the data. Each object type has a class of its own, because it is by its class that the engine tells an object's type.</summary>
internal abstract record DataObject(JsonElement Members)
{
    /// <summary>The class of an object type.</summary>
    public static Type ClassOf(string typeName) => typeName switch
    {
        "Query" or "Mutation" or "Subscription" => typeof(RootObject),
        "Tug" => typeof(TugObject),
        "Ferry" => typeof(FerryObject),
        "Dinghy" => typeof(DinghyObject),
        "Sailor" => typeof(SailorObject),
        "Berth" => typeof(BerthObject),
        "Buoy" => typeof(BuoyObject),
        "Lighthouse" => typeof(LighthouseObject),
        "Engine" => typeof(EngineObject),
        "Counter" => typeof(CounterObject),
        "Failing" => typeof(FailingObject),
        _ => throw new ArgumentException($"No class stands for the object type {typeName}.", nameof(typeName)),
    };

    /// <summary>An object of this type.</summary>
    public static DataObject Of(string typeName, JsonElement members) => (DataObject)Activator.CreateInstance(ClassOf(typeName), members)!;
}

internal sealed record RootObject(JsonElement Members) : DataObject(Members);

internal sealed record TugObject(JsonElement Members) : DataObject(Members);

internal sealed record FerryObject(JsonElement Members) : DataObject(Members);

internal sealed record DinghyObject(JsonElement Members) : DataObject(Members);

internal sealed record SailorObject(JsonElement Members) : DataObject(Members);

internal sealed record BerthObject(JsonElement Members) : DataObject(Members);

internal sealed record BuoyObject(JsonElement Members) : DataObject(Members);

internal sealed record LighthouseObject(JsonElement Members) : DataObject(Members);

internal sealed record EngineObject(JsonElement Members) : DataObject(Members);

internal sealed record CounterObject(JsonElement Members) : DataObject(Members);

internal sealed record FailingObject(JsonElement Members) : DataObject(Members);
