namespace Apc.Benchmarks.Engine;

/// <summary>The documents that are measured.</summary>
internal static class EngineDocuments
{
    private const string TenFields = "id name provider region status size open domain reason createdAt";

    public const string TypeName = "{ __typename }";

    public const string Page = $"query Rows($take: Int) {{ rows(take: $take) {{ {TenFields} }} }}";

    public const string ById = $"query Row($id: ID!) {{ row(id: $id) {{ {TenFields} a: id b: name c: size d: domain }} }}";

    public const string Introspection =
        """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name }
            mutationType { name }
            subscriptionType { name }
            types { ...FullType }
            directives { name description isRepeatable locations args { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL
          fields(includeDeprecated: true) {
            name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
          }
          inputFields { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
        fragment TypeRef on __Type {
          kind name
          ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
        }
        """;

    /// <summary>The same request with the id as a literal: a new document for each id.</summary>
    public static string ByLiteralId(int id) => $"query Row {{ row(id: \"{id}\") {{ {TenFields} a: id b: name c: size d: domain }} }}";
}
