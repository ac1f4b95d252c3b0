namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// Bounds the work of making one plan. Selection sets are planned once for each type, but merged fields can make many different
/// combinations of them from a short text.
/// </summary>
internal sealed class PlanBudget(int maxSelections)
{
    private int _spent;

    /// <summary>Looks at one selection.</summary>
    /// <exception cref="PlanLimitException">The budget is spent.</exception>
    public void Spend()
    {
        if (++_spent > maxSelections)
        {
            throw new PlanLimitException();
        }
    }
}

/// <summary>An operation that is too large to be planned.</summary>
internal sealed class PlanLimitException : Exception;
