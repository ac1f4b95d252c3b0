namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// Limits the work to make one plan. Each selection set is planned once for each type, but a short text with merged fields can make many
/// different combinations of selection sets.
/// </summary>
internal sealed class PlanBudget(int maxSelections)
{
    private int _spent;

    /// <summary>Counts one selection.</summary>
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
