using System.Globalization;
using System.Text;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>The path from a variable to a value inside it. Allocates only for nested values.</summary>
internal struct InputPath
{
    private List<(string? Field, int Index)>? _steps;

    public void Enter(string field) => (_steps ??= []).Add((field, 0));

    public void Enter(int index) => (_steps ??= []).Add((null, index));

    public readonly void Leave() => _steps!.RemoveAt(_steps.Count - 1);

    public override readonly string ToString()
    {
        if (_steps is null)
        {
            return "";
        }

        var text = new StringBuilder();

        foreach (var (field, index) in _steps)
        {
            if (field is not null)
            {
                text.Append('.').Append(field);
            }
            else
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return text.ToString();
    }
}
