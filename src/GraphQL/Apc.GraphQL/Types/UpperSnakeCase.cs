using System.Text;

namespace Apc.GraphQL.Types;

/// <summary>Names of enum values: <c>FieldDefinition</c> becomes <c>FIELD_DEFINITION</c>, <c>Http2Push</c> <c>HTTP2_PUSH</c>.</summary>
internal static class UpperSnakeCase
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);

        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && StartsWord(name, i))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    // A capital starts a word unless it is inside a run of capitals: in IDPool the P starts a word, the D does not.
    private static bool StartsWord(string name, int i)
        => name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
