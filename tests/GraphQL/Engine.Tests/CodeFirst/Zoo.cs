using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.CodeFirst;

/// <summary>Whatever has a name.</summary>
[InterfaceType]
[GraphQLName("Named")]
public interface INamed
{
    /// <summary>What it is called.</summary>
    string Name { get; }
}

[InterfaceType]
public abstract record Animal(string Name) : INamed
{
    public int? Age { get; init; }

    [Shy]
    public string? Weight { get; init; }
}

public record Bear(string Name, bool IsAsleep) : Animal(Name);

public sealed record Penguin(string Name) : Animal(Name), ISwimmer
{
    public Penguin? Mate { get; init; }
}

public sealed record Otter(string Name) : ISwimmer, INamed;

/// <summary>Whoever swims.</summary>
[UnionType]
[GraphQLName("Swimmer")]
public interface ISwimmer;

public sealed record Keeper(string Name) : INamed;

[QueryType]
public static class ZooQueries
{
    public static IReadOnlyList<Animal> GetAnimals()
        => [new Bear("Balu", true) { Age = 7, Weight = "300 kg" }, new Penguin("Pingu") { Mate = new Penguin("Pinga") }];

    public static ISwimmer? GetSwimmer(bool furry) => furry ? new Otter("Otto") : new Penguin("Pingu");

    public static IReadOnlyList<INamed> GetAll() => [new Keeper("Kim"), new Bear("Balu", false), new Otter("Otto")];
}

[ObjectType<INamed>]
public static class NamedFields
{
    /// <summary>The name, so many times.</summary>
    public static string GetCall([Parent] INamed named, int times = 1) => string.Concat(Enumerable.Repeat(named.Name, times));

    public static int GetLetters([Parent] INamed named) => named.Name.Length;
}

[ObjectType<Bear>]
public static class BearFields
{
    public static string GetCall([Parent] Bear bear, int times = 1) => $"{bear.Name} growls {times}";
}

[InterfaceType]
public interface IGuarded
{
    [Shy]
    string? Secret { get; }
}

[UnionType]
public class NotAbstract;

[QueryType]
public static class BrokenZoo
{
    public static IGuarded? GetGuarded() => null;

    public static NotAbstract? GetNotAbstract() => null;
}

/// <summary>Answers null to everybody.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ShyAttribute : FieldPolicyAttribute
{
    public override FieldDelegate Wrap(GraphQL.Types.FieldDefinition field, FieldDelegate next) => _ => ValueTask.FromResult<object?>(null);
}
