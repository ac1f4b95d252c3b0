using System.Collections.Concurrent;
using System.Reflection;
using System.Xml;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// Descriptions from the XML files that the compiler writes beside assemblies. A file is read when a description is first needed; without a
/// file there are no descriptions. Members are found by their names: overloads share one description.
/// </summary>
internal sealed class XmlDocs
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, MemberDocs>> _byAssembly = new();

    public string? Of(Type type) => Find(type, 'T', null)?.Summary;

    public string? Of(FieldInfo member) => Find(member.DeclaringType!, 'F', member.Name)?.Summary;

    public string? Of(MethodInfo method) => Find(method.DeclaringType!, 'M', method.Name)?.Summary;

    /// <summary>The property's own summary, or its record's description of the parameter of the same name.</summary>
    public string? Of(PropertyInfo property)
        => Find(property.DeclaringType!, 'P', property.Name)?.Summary
            ?? Find(property.DeclaringType!, 'T', null)?.Parameters.GetValueOrDefault(property.Name);

    public string? Of(ParameterInfo parameter)
        => Find(parameter.Member.DeclaringType!, 'M', parameter.Member.Name)?.Parameters.GetValueOrDefault(parameter.Name!);

    private MemberDocs? Find(Type type, char kind, string? member)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = definition.FullName!.Replace('+', '.');
        return _byAssembly.GetOrAdd(type.Assembly, Read).GetValueOrDefault(member is null ? $"{kind}:{name}" : $"{kind}:{name}.{member}");
    }

    private static Dictionary<string, MemberDocs> Read(Assembly assembly)
    {
        var members = new Dictionary<string, MemberDocs>(StringComparer.Ordinal);
        var path = Path.ChangeExtension(assembly.Location, ".xml");

        if (!File.Exists(path))
        {
            return members;
        }

        using var reader = XmlReader.Create(path);

        while (reader.ReadToFollowing("member"))
        {
            var name = reader.GetAttribute("name")!;
            using var member = reader.ReadSubtree();
            members[NameWithoutParameters(name)] = MemberDocs.Read(member);
        }

        return members;
    }

    private static string NameWithoutParameters(string name)
    {
        var end = name.AsSpan().IndexOfAny('(', '~');
        var plain = end < 0 ? name : name[..end];
        var arity = name[0] == 'M' ? plain.IndexOf("``", StringComparison.Ordinal) : -1;
        return arity < 0 ? plain : plain[..arity];
    }
}
