using System.Runtime.CompilerServices;

namespace Apc.GraphQL.Language;

/// <summary>
/// Collects the nodes of a list. The first eight are on the stack, so that most lists are allocated once with their final size.
/// </summary>
internal ref struct NodeList<T>
    where T : class
{
    private const int OnStack = 8;

    private First _first;
    private T[]? _further;
    private int _count;

    public void Add(T node)
    {
        if (_count < OnStack)
        {
            _first[_count] = node;
        }
        else
        {
            AddFurther(node);
        }

        _count++;
    }

    public readonly T[] ToArray()
    {
        if (_count == 0)
        {
            return [];
        }

        var nodes = new T[_count];
        ((ReadOnlySpan<T>)_first)[..Math.Min(_count, OnStack)].CopyTo(nodes);
        _further.AsSpan(0, Math.Max(0, _count - OnStack)).CopyTo(nodes.AsSpan(Math.Min(_count, OnStack)));
        return nodes;
    }

    private void AddFurther(T node)
    {
        var index = _count - OnStack;

        if (index == (_further?.Length ?? 0))
        {
            Array.Resize(ref _further, Math.Max(OnStack, index * 2));
        }

        _further![index] = node;
    }

    [InlineArray(OnStack)]
    private struct First
    {
        private T _element;
    }
}
